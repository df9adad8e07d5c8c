CALL () { MATCH (n0:School) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id]) AS r0, collect(n0) AS l0 }
CALL (l0) { UNWIND l0 AS p1 CALL (p1) { MATCH (p1)<-[:AT]-(n1h0:Employment)-[:OF]->(n1:Person) WHERE n1h0.start <= $today AND (n1h0.end IS NULL OR n1h0.end >= $today) AND n1.kind = 'TEACHER' WITH DISTINCT n1 ORDER BY n1.id LIMIT $first1 RETURN n1 } RETURN collect([n1.id, p1.id]) AS r1 }
CALL (l0) { UNWIND l0 AS q1 MATCH (q1)<-[:AT]-(m1h0:Employment)-[:OF]->(m1:Person) WHERE m1h0.start <= $today AND (m1h0.end IS NULL OR m1h0.end >= $today) AND m1.kind = 'TEACHER' WITH q1, count(DISTINCT m1) AS k1 RETURN collect([q1.id, k1]) AS t1 }
CALL (l0) { UNWIND l0 AS p2 CALL (p2) { MATCH (p2)<-[:AT]-(n2:Employment) WITH DISTINCT n2 ORDER BY n2.id LIMIT $first2 RETURN n2 } RETURN collect([n2.id, n2.start, n2.end, p2.id]) AS r2 }
CALL (l0) { UNWIND l0 AS q2 MATCH (q2)<-[:AT]-(m2:Employment) WITH q2, count(DISTINCT m2) AS k2 RETURN collect([q2.id, k2]) AS t2 }
CALL () { MATCH (n3:Alliance) WITH n3 ORDER BY n3.id LIMIT $first3 RETURN collect([n3.id]) AS r3, collect(n3) AS l3 }
CALL (l3) { UNWIND l3 AS p4 CALL (p4) { MATCH (p4)<-[:IN]-(n4h0:Membership)-[:OF]->(n4:School) WHERE n4h0.start <= $today AND (n4h0.end IS NULL OR n4h0.end >= $today) WITH DISTINCT n4 ORDER BY n4.id LIMIT $first4 RETURN n4 } RETURN collect([n4.id, p4.id]) AS r4 }
CALL (l3) { UNWIND l3 AS q4 MATCH (q4)<-[:IN]-(m4h0:Membership)-[:OF]->(m4:School) WHERE m4h0.start <= $today AND (m4h0.end IS NULL OR m4h0.end >= $today) WITH q4, count(DISTINCT m4) AS k4 RETURN collect([q4.id, k4]) AS t4 }
CALL (l3) { UNWIND l3 AS q5 MATCH (q5)<-[:IN]-(m5:Membership) WITH q5, count(DISTINCT m5) AS k5 RETURN collect([q5.id, k5]) AS t5 }
CALL () { MATCH (n6:Person) WHERE n6.kind = 'TEACHER' WITH n6 ORDER BY n6.id LIMIT $first6 RETURN collect([n6.id]) AS r6, collect(n6) AS l6 }
CALL (l6) { UNWIND l6 AS p7 MATCH (p7)<-[:OF]-(n7h0:Employment)-[:AT]->(n7:School) WHERE n7h0.start <= $today AND (n7h0.end IS NULL OR n7h0.end >= $today) WITH n7, collect(DISTINCT p7.id) AS g7 ORDER BY n7.id RETURN collect([n7.id, g7]) AS r7 }
RETURN r0, r1, t1, r2, t2, r3, r4, t4, t5, r6, r7
