CALL () { MATCH (n0:Topic) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.subject, n0.name, n0.id]) AS r0 }
CALL () { MATCH (m0:Topic) RETURN count(m0) AS t0 }
CALL () { MATCH (n1:Topic) WITH n1 ORDER BY n1.id LIMIT $first1 RETURN collect([n1.id, n1.name, n1.subject, n1.id]) AS r1 }
CALL () { MATCH (m1:Topic) RETURN count(m1) AS t1 }
CALL () { MATCH (n2:Topic) WITH n2 ORDER BY n2.id LIMIT $first2 RETURN collect([n2.id, n2.name_en, n2.name, n2.id]) AS r2, collect(n2) AS l2 }
CALL () { MATCH (m2:Topic) RETURN count(m2) AS t2 }
CALL (l2) { UNWIND l2 AS p3 CALL (p3) { MATCH (p3)<-[:UNDER]-(n3:Topic) WITH DISTINCT n3 ORDER BY n3.id LIMIT $first3 RETURN n3 } RETURN collect([n3.id, p3.id]) AS r3 }
CALL (l2) { UNWIND l2 AS q3 MATCH (q3)<-[:UNDER]-(m3:Topic) WITH q3, count(DISTINCT m3) AS k3 RETURN collect([q3.id, k3]) AS t3 }
CALL (l2) { UNWIND l2 AS p4 MATCH (p4)-[:UNDER]->(n4:Topic) WITH n4, collect(DISTINCT p4.id) AS g4 ORDER BY n4.id RETURN collect([n4.id, n4.name, n4.subject, g4]) AS r4 }
CALL () { MATCH (n5:Topic) WITH n5 ORDER BY n5.id LIMIT $first5 RETURN collect([n5.id, n5.name]) AS r5 }
RETURN r0, t0, r1, t1, r2, t2, r3, t3, r4, r5
