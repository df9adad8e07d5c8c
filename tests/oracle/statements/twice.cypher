CALL () { MATCH (n0:Need) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.status]) AS r0, collect(n0) AS l0 }
CALL (l0) { UNWIND l0 AS p1 CALL (p1) { MATCH (p1)-[:FROM]->(n1:Evidence) WITH DISTINCT n1 ORDER BY n1.id LIMIT $first1 RETURN n1 } RETURN collect([n1.id, n1.severity, p1.id]) AS r1 }
CALL (l0) { UNWIND l0 AS q1 MATCH (q1)-[:FROM]->(m1:Evidence) WITH q1, count(DISTINCT m1) AS k1 RETURN collect([q1.id, k1]) AS t1 }
CALL (l0) { UNWIND l0 AS p2 CALL (p2) { MATCH (p2)-[:FROM]->(n2:Evidence) WITH DISTINCT n2 ORDER BY n2.id LIMIT $first2 RETURN n2 } RETURN collect([n2.id, n2.severity, n2.text, p2.id]) AS r2 }
CALL (l0) { UNWIND l0 AS p3 CALL (p3) { MATCH (p3)-[:FROM]->(n3:Evidence) WITH DISTINCT n3 ORDER BY n3.id LIMIT $first3 RETURN n3 } RETURN collect([n3.id, n3.id, p3.id]) AS r3 }
CALL (l0) { UNWIND l0 AS q3 MATCH (q3)-[:FROM]->(m3:Evidence) WITH q3, count(DISTINCT m3) AS k3 RETURN collect([q3.id, k3]) AS t3 }
CALL (l0) { UNWIND l0 AS p4 MATCH (p4)-[:ABOUT]->(n4:Topic) WITH n4, collect(DISTINCT p4.id) AS g4 ORDER BY n4.id RETURN collect([n4.id, g4]) AS r4, collect(DISTINCT n4) AS l4 }
CALL (l4) { UNWIND l4 AS p5 CALL (p5) { MATCH (p5)<-[:ABOUT]-(n5:Need) WHERE n5.status = $status5 WITH DISTINCT n5 ORDER BY n5.id LIMIT $first5 RETURN n5 } RETURN collect([n5.id, p5.id]) AS r5 }
CALL (l4) { UNWIND l4 AS q5 MATCH (q5)<-[:ABOUT]-(m5:Need) WHERE m5.status = $status5 WITH q5, count(DISTINCT m5) AS k5 RETURN collect([q5.id, k5]) AS t5 }
CALL (l4) { UNWIND l4 AS q6 MATCH (q6)<-[:ABOUT]-(m6:Need) WHERE m6.status = $status6 WITH q6, count(DISTINCT m6) AS k6 RETURN collect([q6.id, k6]) AS t6 }
CALL (l4) { UNWIND l4 AS q7 MATCH (q7)<-[:ABOUT]-(m7:Need) WITH q7, count(DISTINCT m7) AS k7 RETURN collect([q7.id, k7]) AS t7 }
RETURN r0, r1, t1, r2, r3, t3, r4, r5, t5, t6, t7
