CALL () { MATCH (n0:RoleAssignment) WHERE n0.role IN $where0_2 WITH n0 ORDER BY n0.role, n0.start DESC, n0.holder, n0.id LIMIT $first0 RETURN collect([n0.id, n0.holder, n0.role, n0.county, n0.start, n0.end, n0.role, n0.start, n0.holder, n0.id]) AS r0, collect(n0) AS l0 }
CALL () { MATCH (m0:RoleAssignment) WHERE m0.role IN $where0_2 RETURN count(m0) AS t0 }
CALL () { MATCH (v0_0:RoleAssignment) WHERE v0_0.role IN $where0_2 WITH DISTINCT v0_0 WITH v0_0 WITH count(v0_0) AS v0_0a0, min(v0_0.start) AS v0_0a1, max(v0_0.start) AS v0_0a2, count(v0_0.end) AS v0_0a3 RETURN collect([null, v0_0a0, v0_0a1, v0_0a2, v0_0a3, []]) AS a0_0 }
CALL () { MATCH (v0_1:RoleAssignment) WHERE v0_1.role IN $where0_2 WITH DISTINCT v0_1 WITH v0_1, v0_1.role AS v0g0, v0_1.county AS v0g1 WITH v0g0, v0g1, count(v0_1) AS v0_1a0 ORDER BY v0_1a0 DESC, v0g0, v0g1 LIMIT 1000 RETURN collect([null, v0_1a0, [v0g0, v0g1]]) AS a0_1 }
CALL (l0) { UNWIND l0 AS p1 MATCH (p1)-[:OF]->(n1:Person) WITH n1, collect(DISTINCT p1.id) AS g1 ORDER BY n1.id RETURN collect([n1.id, n1.kind, n1.name, g1]) AS r1 }
CALL (l0) { UNWIND l0 AS p2 MATCH (p2)-[:AT]->(n2:School) WITH n2, collect(DISTINCT p2.id) AS g2 ORDER BY n2.id RETURN collect([n2.id, n2.name, g2]) AS r2 }
CALL (l0) { UNWIND l0 AS p3 MATCH (p3)-[:IN]->(n3:Alliance) WITH n3, collect(DISTINCT p3.id) AS g3 ORDER BY n3.id RETURN collect([n3.id, n3.name, g3]) AS r3 }
CALL () { MATCH (n4:RoleAssignment) WHERE (n4.role = $where4_2 AND n4.end < $where4_3) WITH n4 ORDER BY n4.holder, n4.start DESC, n4.id LIMIT $first4 RETURN collect([n4.id, n4.end]) AS r4 }
CALL () { MATCH (m4:RoleAssignment) WHERE (m4.role = $where4_2 AND m4.end < $where4_3) RETURN count(m4) AS t4 }
CALL () { MATCH (n5:RoleAssignment) WHERE (n5.holder CONTAINS $where5_2 AND n5.holder STARTS WITH $where5_3) WITH n5 ORDER BY n5.holder, n5.start DESC, n5.id LIMIT $first5 RETURN collect([n5.id, n5.role, n5.start]) AS r5 }
CALL () { MATCH (m5:RoleAssignment) WHERE (m5.holder CONTAINS $where5_2 AND m5.holder STARTS WITH $where5_3) RETURN count(m5) AS t5 }
CALL () { MATCH (n6:RoleAssignment) WHERE (EXISTS { MATCH (n6)-[:AT]->(n6e1:School) WHERE n6e1.county IS NOT NULL } OR EXISTS { MATCH (n6)-[:IN]->(n6e2:Alliance) WHERE n6e2.id = $where6_7 }) WITH n6 ORDER BY n6.holder, n6.start DESC, n6.id LIMIT $first6 RETURN collect([n6.id]) AS r6 }
RETURN r0, t0, a0_0, a0_1, r1, r2, r3, r4, t4, r5, t5, r6
