CALL () { MATCH (n0:School) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.name, n0.county]) AS r0 }
RETURN r0

CALL () { MATCH (n0:School) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.name]) AS r0, collect(n0) AS l0 }
CALL (l0) { UNWIND l0 AS p1 CALL (p1) { MATCH (p1)<-[:AT]-(n1h0:Employment)-[:OF]->(n1:Person) WHERE n1h0.start <= $today AND (n1h0.end IS NULL OR n1h0.end >= $today) AND n1.kind = 'TEACHER' WITH DISTINCT n1 ORDER BY n1.id LIMIT $first1 RETURN n1 } RETURN collect([n1.id, n1.subject, p1.id]) AS r1 }
RETURN r0, r1

CALL () { MATCH (n0:School) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.name]) AS r0, collect(n0) AS l0 }
CALL () { MATCH (m0:School) RETURN count(m0) AS t0 }
CALL (l0) { UNWIND l0 AS p1 CALL (p1) { MATCH (p1)<-[:AT]-(n1h0:Employment)-[:OF]->(n1:Person) WHERE n1h0.start <= $today AND (n1h0.end IS NULL OR n1h0.end >= $today) AND n1.kind = 'TEACHER' WITH DISTINCT n1 ORDER BY n1.id LIMIT $first1 RETURN n1 } RETURN collect([n1.id, n1.subject, p1.id]) AS r1 }
RETURN r0, t0, r1

CALL () { MATCH (n0:School) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.name, n0.county]) AS r0 }
CALL () { MATCH (m0:School) RETURN count(m0) AS t0 }
RETURN r0, t0
