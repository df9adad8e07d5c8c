CALL () { MATCH (n0:Topic) WHERE n0.id IN $ids0 WITH n0 ORDER BY n0.id RETURN collect([n0.id, n0.name, n0.subject]) AS r0 }
CALL () { MATCH (n1:Need) WITH n1 ORDER BY n1.id LIMIT $first1 RETURN collect([n1.id, n1.status]) AS r1 }
CALL () { MATCH (m1:Need) RETURN count(m1) AS t1 }
CALL () { MATCH (m2:Need) WHERE m2.status IN $status2 RETURN count(m2) AS t2 }
CALL () { MATCH (m3:Need) WHERE m3.status IN $status3 RETURN count(m3) AS t3 }
RETURN r0, r1, t1, t2, t3

CALL () { MATCH (n0:School) WHERE n0.id IN $ids0 WITH n0 ORDER BY n0.id RETURN collect([n0.id]) AS r0 }
CALL () { MATCH (n1:Need) WHERE n1.status IN $status1 WITH n1 ORDER BY n1.id LIMIT $first1 RETURN collect([n1.id, n1.status]) AS r1 }
CALL () { MATCH (m1:Need) WHERE m1.status IN $status1 RETURN count(m1) AS t1 }
CALL () { MATCH (m2:Need) WHERE m2.status IN $status2 RETURN count(m2) AS t2 }
CALL () { MATCH (m3:Need) WHERE m3.status IN $status3 RETURN count(m3) AS t3 }
RETURN r0, r1, t1, t2, t3

CALL () { MATCH (n0:Need) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.status]) AS r0 }
CALL () { MATCH (m0:Need) RETURN count(m0) AS t0 }
CALL () { MATCH (m1:Need) WHERE m1.status IN $status1 RETURN count(m1) AS t1 }
CALL () { MATCH (m2:Need) WHERE m2.status IN $status2 RETURN count(m2) AS t2 }
RETURN r0, t0, t1, t2

CALL () { MATCH (n0:Topic) WHERE n0.id IN $ids0 WITH n0 ORDER BY n0.id RETURN collect([n0.id, n0.name, n0.subject]) AS r0 }
CALL () { MATCH (n1:Need) WHERE n1.status IN $status1 WITH n1 ORDER BY n1.id LIMIT $first1 RETURN collect([n1.id, n1.status]) AS r1 }
CALL () { MATCH (m1:Need) WHERE m1.status IN $status1 RETURN count(m1) AS t1 }
CALL () { MATCH (m2:Need) WHERE m2.status IN $status2 RETURN count(m2) AS t2 }
CALL () { MATCH (m3:Need) WHERE m3.status IN $status3 RETURN count(m3) AS t3 }
RETURN r0, r1, t1, t2, t3
