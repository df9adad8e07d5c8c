CALL () { MATCH (n0:Session) WITH n0 ORDER BY n0.planned_on, n0.id LIMIT $first0 RETURN collect([n0.id, n0.planned_on, n0.planned_on, n0.id]) AS r0, collect(n0) AS l0 }
CALL () { MATCH (m0:Session) RETURN count(m0) AS t0 }
CALL (l0) { UNWIND l0 AS p1 CALL (p1) { MATCH (p1)<-[:AT]-(n1:Attendance) WITH DISTINCT n1 ORDER BY n1.id LIMIT $first1 RETURN n1 } RETURN collect([n1.id, n1.id, p1.id]) AS r1 }
RETURN r0, t0, r1

CALL () { MATCH (n0:Session) WHERE (n0.planned_on > $after0_0 OR n0.planned_on IS NULL OR (n0.planned_on = $after0_0 AND (n0.id > $after0_1))) WITH n0 ORDER BY n0.planned_on, n0.id LIMIT $first0 RETURN collect([n0.id, n0.planned_on, n0.planned_on, n0.id]) AS r0, collect(n0) AS l0 }
CALL () { MATCH (m0:Session) RETURN count(m0) AS t0 }
CALL (l0) { UNWIND l0 AS p1 CALL (p1) { MATCH (p1)<-[:AT]-(n1:Attendance) WHERE (n1.id > $after1_0) WITH DISTINCT n1 ORDER BY n1.id LIMIT $first1 RETURN n1 } RETURN collect([n1.id, n1.id, p1.id]) AS r1 }
RETURN r0, t0, r1
