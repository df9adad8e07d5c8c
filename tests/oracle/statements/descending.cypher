CALL () { MATCH (n0:Recommendation) WITH n0 ORDER BY n0.issued_on DESC, n0.rank, n0.id LIMIT $first0 RETURN collect([n0.id, n0.issued_on, n0.rank, n0.issued_on, n0.rank, n0.id]) AS r0 }
CALL () { MATCH (n1:Person) WHERE n1.id IN $ids1 WITH n1 ORDER BY n1.id RETURN collect([n1.id, n1.kind]) AS r1, collect(n1) AS l1 }
CALL (l1) { UNWIND l1 AS p2 CALL (p2) { MATCH (p2)<-[:OF]-(n2:Capability) WITH DISTINCT n2 ORDER BY n2.on DESC, n2.id LIMIT $first2 RETURN n2 } RETURN collect([n2.id, n2.on, n2.on, n2.id, p2.id]) AS r2 }
CALL (l1) { UNWIND l1 AS q2 MATCH (q2)<-[:OF]-(m2:Capability) WITH q2, count(DISTINCT m2) AS k2 RETURN collect([q2.id, k2]) AS t2 }
RETURN r0, r1, r2, t2

CALL () { MATCH (n0:Recommendation) WHERE (n0.issued_on < $after0_0 OR (n0.issued_on = $after0_0 AND (n0.rank > $after0_1 OR n0.rank IS NULL OR (n0.rank = $after0_1 AND (n0.id > $after0_2))))) WITH n0 ORDER BY n0.issued_on DESC, n0.rank, n0.id LIMIT $first0 RETURN collect([n0.id, n0.issued_on, n0.rank, n0.issued_on, n0.rank, n0.id]) AS r0 }
CALL () { MATCH (n1:Person) WHERE n1.id IN $ids1 WITH n1 ORDER BY n1.id RETURN collect([n1.id, n1.kind]) AS r1, collect(n1) AS l1 }
CALL (l1) { UNWIND l1 AS p2 CALL (p2) { MATCH (p2)<-[:OF]-(n2:Capability) WHERE (n2.on < $after2_0 OR (n2.on = $after2_0 AND (n2.id > $after2_1))) WITH DISTINCT n2 ORDER BY n2.on DESC, n2.id LIMIT $first2 RETURN n2 } RETURN collect([n2.id, n2.on, n2.on, n2.id, p2.id]) AS r2 }
CALL (l1) { UNWIND l1 AS q2 MATCH (q2)<-[:OF]-(m2:Capability) WITH q2, count(DISTINCT m2) AS k2 RETURN collect([q2.id, k2]) AS t2 }
RETURN r0, r1, r2, t2
