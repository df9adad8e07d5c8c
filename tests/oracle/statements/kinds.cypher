CALL () { MATCH (n0:Person) WHERE n0.id IN $ids0 WITH n0 ORDER BY n0.id RETURN collect([n0.id, n0.kind, n0.name, n0.grade_bands, n0.years_taught]) AS r0, collect(n0) AS l0 }
CALL (l0) { UNWIND l0 AS p1 MATCH (p1)<-[:OF]-(n1h0:Employment)-[:AT]->(n1:School) WHERE n1h0.start <= $today AND (n1h0.end IS NULL OR n1h0.end >= $today) WITH n1, collect(DISTINCT p1.id) AS g1 ORDER BY n1.id RETURN collect([n1.id, n1.name, g1]) AS r1 }
CALL (l0) { UNWIND l0 AS p2 MATCH (p2)-[:TRAINS]->(n2:Topic) WITH n2, collect(DISTINCT p2.id) AS g2 ORDER BY n2.id RETURN collect([n2.id, n2.name, g2]) AS r2 }
CALL () { MATCH (n3:School) WHERE n3.id IN $ids3 WITH n3 ORDER BY n3.id RETURN collect([n3.id, n3.devices]) AS r3 }
CALL () { MATCH (n4:School) WHERE n4.id IN $ids4 WITH n4 ORDER BY n4.id RETURN collect([n4.id]) AS r4, collect(n4) AS l4 }
CALL (l4) { UNWIND l4 AS p5 CALL (p5) { MATCH (p5)<-[:AT]-(n5:Employment) WITH DISTINCT n5 ORDER BY n5.id LIMIT $first5 RETURN n5 } RETURN collect([n5.id, p5.id]) AS r5, collect(DISTINCT n5) AS l5 }
CALL (l5) { UNWIND l5 AS p6 MATCH (p6)-[:OF]->(n6:Person) WITH n6, collect(DISTINCT p6.id) AS g6 ORDER BY n6.id RETURN collect([n6.id, n6.kind, n6.years_taught, n6.name, n6.organisation, n6.subject, g6]) AS r6 }
CALL (l4) { UNWIND l4 AS p7 CALL (p7) { MATCH (p7)<-[:AT]-(n7h0:Employment)-[:OF]->(n7:Person) WHERE n7h0.start <= $today AND (n7h0.end IS NULL OR n7h0.end >= $today) AND n7.kind = 'TEACHER' WITH DISTINCT n7 ORDER BY n7.id LIMIT $first7 RETURN n7 } RETURN collect([n7.id, p7.id]) AS r7 }
CALL (l4) { UNWIND l4 AS q7 MATCH (q7)<-[:AT]-(m7h0:Employment)-[:OF]->(m7:Person) WHERE m7h0.start <= $today AND (m7h0.end IS NULL OR m7h0.end >= $today) AND m7.kind = 'TEACHER' WITH q7, count(DISTINCT m7) AS k7 RETURN collect([q7.id, k7]) AS t7 }
CALL () { MATCH (n8:Resource) WHERE (toLower(n8.name) CONTAINS $text8) WITH n8 ORDER BY n8.id LIMIT $first8 RETURN collect([n8.id]) AS r8, collect(n8) AS l8 }
CALL (l8) { UNWIND l8 AS p9 MATCH (p9)-[:BY]->(n9:Person) WITH n9, collect(DISTINCT p9.id) AS g9 ORDER BY n9.id RETURN collect([n9.id, n9.kind, n9.years_taught, n9.name, n9.organisation, n9.subject, g9]) AS r9 }
CALL (l8) { UNWIND l8 AS p10 MATCH (p10)-[:ABOUT]->(n10:Topic) WITH n10, collect(DISTINCT p10.id) AS g10 ORDER BY n10.id RETURN collect([n10.id, g10]) AS r10 }
CALL () { MATCH (n11:Person) WHERE n11.kind = 'TEACHER' WITH n11 ORDER BY n11.id LIMIT $first11 RETURN collect([n11.id, n11.name]) AS r11 }
CALL () { MATCH (m11:Person) WHERE m11.kind = 'TEACHER' RETURN count(m11) AS t11 }
RETURN r0, r1, r2, r3, r4, r5, r6, r7, t7, r8, r9, r10, r11, t11
