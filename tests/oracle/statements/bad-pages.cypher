CALL () { MATCH (n0:School) WHERE n0.id IN $ids0 WITH n0 ORDER BY n0.id RETURN collect([n0.id, n0.name]) AS r0, collect(n0) AS l0 }
CALL () { MATCH (n2:School) WHERE n2.id IN $ids2 WITH n2 ORDER BY n2.id RETURN collect([n2.id]) AS r2, collect(n2) AS l2 }
CALL () { MATCH (n4:School) WHERE n4.id IN $ids4 WITH n4 ORDER BY n4.id RETURN collect([n4.id]) AS r4, collect(n4) AS l4 }
RETURN r0, r2, r4
