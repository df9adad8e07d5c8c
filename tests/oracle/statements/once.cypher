CALL () { MATCH (n0:Recommendation) WHERE n0.id IN $ids0 WITH n0 ORDER BY n0.id RETURN collect([n0.id]) AS r0, collect(n0) AS l0 }
CALL (l0) { UNWIND l0 AS p1 CALL (p1) { MATCH (p1)-[:FOR]->(n1:Need) WITH DISTINCT n1 ORDER BY n1.id LIMIT $first1 RETURN n1 } RETURN collect([n1.id, p1.id]) AS r1 }
CALL (l0) { UNWIND l0 AS q1 MATCH (q1)-[:FOR]->(m1:Need) WITH q1, count(DISTINCT m1) AS k1 RETURN collect([q1.id, k1]) AS t1 }
CALL () { MATCH (n2:Recommendation) WHERE n2.id IN $ids2 WITH n2 ORDER BY n2.id RETURN collect([n2.id]) AS r2, collect(n2) AS l2 }
CALL (l2) { UNWIND l2 AS p3 CALL (p3) { MATCH (p3)-[:FOR]->(n3:Need) WITH DISTINCT n3 ORDER BY n3.id LIMIT $first3 RETURN n3 } RETURN collect([n3.id, p3.id]) AS r3 }
CALL (l2) { UNWIND l2 AS q3 MATCH (q3)-[:FOR]->(m3:Need) WITH q3, count(DISTINCT m3) AS k3 RETURN collect([q3.id, k3]) AS t3 }
CALL () { MATCH (n4:Recommendation) WHERE n4.id IN $ids4 WITH n4 ORDER BY n4.id RETURN collect([n4.id]) AS r4, collect(n4) AS l4 }
CALL (l4) { UNWIND l4 AS p5 CALL (p5) { MATCH (p5)-[:FOR]->(n5:Need) WITH DISTINCT n5 ORDER BY n5.id LIMIT $first5 RETURN n5 } RETURN collect([n5.id, p5.id]) AS r5 }
CALL () { MATCH (n6:Person) WHERE n6.id IN $ids6 WITH n6 ORDER BY n6.id RETURN collect([n6.id, n6.kind]) AS r6, collect(n6) AS l6 }
CALL (l6) { UNWIND l6 AS p7 MATCH (p7)<-[:OF]-(n7h0:Employment)-[:AT]->(n7:School) WHERE n7h0.start <= $today AND (n7h0.end IS NULL OR n7h0.end >= $today) WITH n7, collect(DISTINCT p7.id) AS g7 ORDER BY n7.id RETURN collect([n7.id, g7]) AS r7 }
CALL (l6) { UNWIND l6 AS q8 MATCH (q8)<-[:OF]-(m8:Employment) WITH q8, count(DISTINCT m8) AS k8 RETURN collect([q8.id, k8]) AS t8 }
CALL () { MATCH (n9:School) WHERE n9.id IN $ids9 WITH n9 ORDER BY n9.id RETURN collect([n9.id]) AS r9, collect(n9) AS l9 }
CALL (l9) { UNWIND l9 AS p10 CALL (p10) { MATCH (p10)<-[:AT]-(n10h0:Employment)-[:OF]->(n10:Person) WHERE n10h0.start <= $today AND (n10h0.end IS NULL OR n10h0.end >= $today) AND n10.kind = 'TEACHER' WITH DISTINCT n10 ORDER BY n10.id LIMIT $first10 RETURN n10 } RETURN collect([n10.id, p10.id]) AS r10 }
CALL (l9) { UNWIND l9 AS q10 MATCH (q10)<-[:AT]-(m10h0:Employment)-[:OF]->(m10:Person) WHERE m10h0.start <= $today AND (m10h0.end IS NULL OR m10h0.end >= $today) AND m10.kind = 'TEACHER' WITH q10, count(DISTINCT m10) AS k10 RETURN collect([q10.id, k10]) AS t10 }
RETURN r0, r1, t1, r2, r3, t3, r4, r5, r6, r7, t8, r9, r10, t10
