CALL () { MATCH (n0:Person) WHERE n0.kind = 'TEACHER' WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.name, n0.subject]) AS r0, collect(n0) AS l0 }
CALL (l0) { UNWIND l0 AS p1 MATCH (p1)<-[:OF]-(n1h0:Employment)-[:AT]->(n1:School) WHERE n1h0.start <= $today AND (n1h0.end IS NULL OR n1h0.end >= $today) WITH n1, collect(DISTINCT p1.id) AS g1 ORDER BY n1.id RETURN collect([n1.id, n1.name, g1]) AS r1 }
CALL (l0) { UNWIND l0 AS p2 CALL (p2) { MATCH (p2)<-[:OF]-(n2:Diagnosis) WITH DISTINCT n2 ORDER BY n2.on DESC, n2.id LIMIT $first2 RETURN n2 } RETURN collect([n2.id, n2.instrument, n2.on, p2.id]) AS r2 }
CALL (l0) { UNWIND l0 AS p3 CALL (p3) { MATCH (p3)<-[:OF]-(n3:Need) WITH DISTINCT n3 ORDER BY n3.id LIMIT $first3 RETURN n3 } RETURN collect([n3.id, n3.status, n3.formed_on, n3.rechecked_on, p3.id]) AS r3, collect(DISTINCT n3) AS l3 }
CALL (l3) { UNWIND l3 AS p4 MATCH (p4)-[:ABOUT]->(n4:Topic) WITH n4, collect(DISTINCT p4.id) AS g4 ORDER BY n4.id RETURN collect([n4.id, n4.name, g4]) AS r4 }
CALL (l0) { UNWIND l0 AS p5 CALL (p5) { MATCH (p5)<-[:OF]-(n5:Attendance) WITH DISTINCT n5 ORDER BY n5.id LIMIT $first5 RETURN n5 } RETURN collect([n5.id, n5.present, p5.id]) AS r5, collect(DISTINCT n5) AS l5 }
CALL (l5) { UNWIND l5 AS p6 MATCH (p6)-[:AT]->(n6:Session) WITH n6, collect(DISTINCT p6.id) AS g6 ORDER BY n6.id RETURN collect([n6.id, n6.number, n6.delivered_on, g6]) AS r6, collect(DISTINCT n6) AS l6 }
CALL (l6) { UNWIND l6 AS p7 MATCH (p7)-[:OF]->(n7:TrainingOrder) WITH n7, collect(DISTINCT p7.id) AS g7 ORDER BY n7.id RETURN collect([n7.id, g7]) AS r7, collect(DISTINCT n7) AS l7 }
CALL (l7) { UNWIND l7 AS p8 MATCH (p8)-[:ABOUT]->(n8:Topic) WITH n8, collect(DISTINCT p8.id) AS g8 ORDER BY n8.id RETURN collect([n8.id, n8.name, g8]) AS r8 }
RETURN r0, r1, r2, r3, r4, r5, r6, r7, r8
