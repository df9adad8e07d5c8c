CALL () { MATCH (n0:Topic) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.id]) AS r0 }
CALL () { MATCH (n1:School) WITH n1 ORDER BY n1.id LIMIT $first1 RETURN collect([n1.id, n1.id]) AS r1 }
RETURN r0, r1

CALL () { MATCH (n1:School) WHERE (n1.id > $after1_0) WITH n1 ORDER BY n1.id LIMIT $first1 RETURN collect([n1.id, n1.id]) AS r1 }
RETURN r1

CALL () { MATCH (n0:Topic) WHERE (toLower(n0.name) CONTAINS $text0 OR toLower(n0.name_en) CONTAINS $text0) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.id]) AS r0 }
CALL () { MATCH (n1:School) WITH n1 ORDER BY n1.id LIMIT $first1 RETURN collect([n1.id, n1.id]) AS r1 }
RETURN r0, r1
