CALL () { MATCH (n0:Need) WHERE n0.status IN $status0 WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id]) AS r0, collect(n0) AS l0 }
CALL (l0) { UNWIND l0 AS p1 MATCH (p1)-[:ABOUT]->(n1:Topic) WITH n1, collect(DISTINCT p1.id) AS g1 ORDER BY n1.id RETURN collect([n1.id, n1.name, g1]) AS r1 }
CALL (l0) { UNWIND l0 AS p2 MATCH (p2)-[:OF]->(n2:Person) WHERE n2.kind = 'TEACHER' WITH n2, collect(DISTINCT p2.id) AS g2 ORDER BY n2.id RETURN collect([n2.id, n2.name, g2]) AS r2 }
CALL (l0) { UNWIND l0 AS p3 CALL (p3) { MATCH (p3)<-[:FOR]-(n3:Recommendation) WITH DISTINCT n3 ORDER BY n3.issued_on DESC, n3.rank, n3.id LIMIT $first3 RETURN n3 } RETURN collect([n3.id, n3.score_millionths, p3.id]) AS r3, collect(DISTINCT n3) AS l3 }
CALL (l3) { UNWIND l3 AS p4 MATCH (p4)-[:BY]->(n4:Person) WITH n4, collect(DISTINCT p4.id) AS g4 ORDER BY n4.id RETURN collect([n4.id, n4.kind, n4.name, g4]) AS r4 }
CALL (l3) { UNWIND l3 AS p5 MATCH (p5)-[:ASSISTED_BY]->(n5:Person) WITH n5, collect(DISTINCT p5.id) AS g5 ORDER BY n5.id RETURN collect([n5.id, n5.kind, n5.name, g5]) AS r5 }
CALL (l3) { UNWIND l3 AS p6 MATCH (p6)<-[:TO]-(n6:Contribution) WITH n6, collect(DISTINCT p6.id) AS g6 ORDER BY n6.millionths DESC, n6.id RETURN collect([n6.id, n6.millionths, n6.because_zh, n6.because_en, g6]) AS r6, collect(DISTINCT n6) AS l6 }
CALL (l6) { UNWIND l6 AS p7 MATCH (p7)-[:BY]->(n7:Rule) WITH n7, collect(DISTINCT p7.id) AS g7 ORDER BY n7.id RETURN collect([n7.id, n7.key, n7.provenance, g7]) AS r7 }
RETURN r0, r1, r2, r3, r4, r5, r6, r7
