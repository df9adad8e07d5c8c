CALL () { MATCH (n0:School) WHERE n0.id IN $ids0 WITH n0 ORDER BY n0.id RETURN collect([n0.id]) AS r0, collect(n0) AS l0 }
CALL () { MATCH (n2:School) WHERE n2.id IN $ids2 WITH n2 ORDER BY n2.id RETURN collect([n2.id]) AS r2, collect(n2) AS l2 }
CALL () { MATCH (n4:School) WHERE n4.id IN $ids4 WITH n4 ORDER BY n4.id RETURN collect([n4.id]) AS r4, collect(n4) AS l4 }
CALL () { MATCH (n6:School) WHERE n6.id IN $ids6 WITH n6 ORDER BY n6.id RETURN collect([n6.id]) AS r6, collect(n6) AS l6 }
CALL () { MATCH (n8:School) WHERE n8.id IN $ids8 WITH n8 ORDER BY n8.id RETURN collect([n8.id]) AS r8, collect(n8) AS l8 }
CALL () { MATCH (n10:School) WHERE n10.id IN $ids10 WITH n10 ORDER BY n10.id RETURN collect([n10.id]) AS r10, collect(n10) AS l10 }
CALL () { MATCH (n12:Person) WHERE n12.id IN $ids12 WITH n12 ORDER BY n12.id RETURN collect([n12.id, n12.kind]) AS r12, collect(n12) AS l12 }
CALL () { MATCH (n14:School) WHERE n14.id IN $ids14 WITH n14 ORDER BY n14.id RETURN collect([n14.id]) AS r14, collect(n14) AS l14 }
CALL () { MATCH (n16:School) WHERE n16.id IN $ids16 WITH n16 ORDER BY n16.id RETURN collect([n16.id]) AS r16, collect(n16) AS l16 }
RETURN r0, r2, r4, r6, r8, r10, r12, r14, r16
