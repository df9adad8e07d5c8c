CALL () { MATCH (n0:Need) WHERE n0.status IN $status0 WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.reach, n0.severity, n0.confidence]) AS r0, collect(n0) AS l0 }
CALL () { MATCH (m0:Need) WHERE m0.status IN $status0 RETURN count(m0) AS t0 }
CALL (l0) { UNWIND l0 AS p1 MATCH (p1)-[:ABOUT]->(n1:Topic) WITH n1, collect(DISTINCT p1.id) AS g1 ORDER BY n1.id RETURN collect([n1.id, n1.name, g1]) AS r1 }
CALL (l0) { UNWIND l0 AS p2 MATCH (p2)-[:OF]->(n2:Person) WHERE n2.kind = 'TEACHER' WITH n2, collect(DISTINCT p2.id) AS g2 ORDER BY n2.id RETURN collect([n2.id, n2.name, g2]) AS r2, collect(DISTINCT n2) AS l2 }
CALL (l2) { UNWIND l2 AS p3 MATCH (p3)<-[:OF]-(n3h0:Employment)-[:AT]->(n3:School) WHERE n3h0.start <= $today AND (n3h0.end IS NULL OR n3h0.end >= $today) WITH n3, collect(DISTINCT p3.id) AS g3 ORDER BY n3.id RETURN collect([n3.id, n3.name, g3]) AS r3 }
CALL (l0) { UNWIND l0 AS p4 CALL (p4) { MATCH (p4)<-[:FOR]-(n4:Recommendation) WITH DISTINCT n4 ORDER BY n4.issued_on DESC, n4.rank, n4.id LIMIT $first4 RETURN n4 } RETURN collect([n4.id, n4.form, n4.score_millionths, p4.id]) AS r4, collect(DISTINCT n4) AS l4 }
CALL (l4) { UNWIND l4 AS p5 MATCH (p5)-[:BY]->(n5:Person) WITH n5, collect(DISTINCT p5.id) AS g5 ORDER BY n5.id RETURN collect([n5.id, n5.kind, n5.name, g5]) AS r5 }
CALL (l4) { UNWIND l4 AS p6 MATCH (p6)-[:ASSISTED_BY]->(n6:Person) WITH n6, collect(DISTINCT p6.id) AS g6 ORDER BY n6.id RETURN collect([n6.id, n6.kind, n6.name, g6]) AS r6 }
CALL (l4) { UNWIND l4 AS p7 MATCH (p7)<-[:TO]-(n7:Contribution) WITH n7, collect(DISTINCT p7.id) AS g7 ORDER BY n7.millionths DESC, n7.id RETURN collect([n7.id, n7.millionths, n7.because_zh, n7.because_en, g7]) AS r7, collect(DISTINCT n7) AS l7 }
CALL (l7) { UNWIND l7 AS p8 MATCH (p8)-[:BY]->(n8:Rule) WITH n8, collect(DISTINCT p8.id) AS g8 ORDER BY n8.id RETURN collect([n8.id, n8.key, n8.provenance, g8]) AS r8 }
CALL (l0) { UNWIND l0 AS p9 CALL (p9) { MATCH (p9)-[:FROM]->(n9:Evidence) WITH DISTINCT n9 ORDER BY n9.id LIMIT $first9 RETURN n9 } RETURN collect([n9.id, n9.severity, n9.text, p9.id]) AS r9, collect(DISTINCT n9) AS l9 }
CALL (l9) { UNWIND l9 AS p10 MATCH (p10)-[:FROM]->(n10:Diagnosis) WITH n10, collect(DISTINCT p10.id) AS g10 ORDER BY n10.id RETURN collect([n10.id, n10.instrument, n10.on, g10]) AS r10 }
RETURN r0, t0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10
