CALL () { MATCH (n0:Session) WITH n0 ORDER BY n0.planned_on, n0.id LIMIT $first0 RETURN collect([n0.id, n0.planned_on]) AS r0 }
CALL () { MATCH (n1:TrainingOrder) WITH n1 ORDER BY n1.placed_on DESC, n1.id LIMIT $first1 RETURN collect([n1.id, n1.placed_on]) AS r1, collect(n1) AS l1 }
CALL (l1) { UNWIND l1 AS p2 CALL (p2) { MATCH (p2)<-[:OF]-(n2:Session) WITH DISTINCT n2 ORDER BY n2.number, n2.id LIMIT $first2 RETURN n2 } RETURN collect([n2.id, n2.number, p2.id]) AS r2 }
CALL () { MATCH (n3:Recommendation) WITH n3 ORDER BY n3.issued_on DESC, n3.rank, n3.id LIMIT $first3 RETURN collect([n3.id, n3.issued_on, n3.rank]) AS r3, collect(n3) AS l3 }
CALL (l3) { UNWIND l3 AS p4 MATCH (p4)<-[:TO]-(n4:Contribution) WITH n4, collect(DISTINCT p4.id) AS g4 ORDER BY n4.millionths DESC, n4.id RETURN collect([n4.id, n4.millionths, g4]) AS r4 }
CALL () { MATCH (n5:NeedGroup) WITH n5 ORDER BY n5.formed_on DESC, n5.id LIMIT $first5 RETURN collect([n5.id, n5.formed_on]) AS r5 }
CALL () { MATCH (n6:RuleSet) WITH n6 ORDER BY n6.adopted_on DESC, n6.id LIMIT $first6 RETURN collect([n6.id, n6.adopted_on]) AS r6 }
CALL () { MATCH (n7:Semester) WITH n7 ORDER BY n7.start, n7.id LIMIT $first7 RETURN collect([n7.id, n7.start]) AS r7 }
CALL () { MATCH (n8:Person) WHERE n8.id IN $ids8 WITH n8 ORDER BY n8.id RETURN collect([n8.id, n8.kind]) AS r8, collect(n8) AS l8 }
CALL (l8) { UNWIND l8 AS p9 CALL (p9) { MATCH (p9)<-[:OF]-(n9:Capability) WITH DISTINCT n9 ORDER BY n9.on DESC, n9.id LIMIT $first9 RETURN n9 } RETURN collect([n9.id, n9.on, p9.id]) AS r9 }
CALL () { MATCH (n10:Resource) WHERE n10.id IN $ids10 WITH n10 ORDER BY n10.id RETURN collect([n10.id]) AS r10, collect(n10) AS l10 }
CALL (l10) { UNWIND l10 AS p11 CALL (p11) { MATCH (p11)<-[:OF]-(n11:Gift) WITH DISTINCT n11 ORDER BY n11.on DESC, n11.id LIMIT $first11 RETURN n11 } RETURN collect([n11.id, n11.on, p11.id]) AS r11 }
CALL (l10) { UNWIND l10 AS p12 CALL (p12) { MATCH (p12)<-[:ADAPTED_FROM]-(n12:Resource) WITH DISTINCT n12 ORDER BY n12.id LIMIT $first12 RETURN n12 } RETURN collect([n12.id, p12.id]) AS r12 }
RETURN r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12
