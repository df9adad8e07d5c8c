CALL () { MATCH (n0:School) WHERE n0.id IN $ids0 WITH n0 ORDER BY n0.id RETURN collect([n0.id]) AS r0 }
RETURN r0
