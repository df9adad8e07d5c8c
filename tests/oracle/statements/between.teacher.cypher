CALL () { MATCH (n0:Topic) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.id]) AS r0 }
CALL () { MATCH (m0:Topic) RETURN count(m0) AS t0 }
CALL () { MATCH (n1:Recommendation) WHERE (false) AND n1.id IN $ids1 WITH n1 ORDER BY n1.id RETURN collect([n1.id]) AS r1, collect(n1) AS l1 }
CALL (l1) { UNWIND l1 AS p2 CALL (p2) { MATCH (p2)-[:FOR]->(n2:Need) WHERE (EXISTS { MATCH (n2)-[:OF]->(n2v1:Person) WHERE n2v1.id IN $viewer_teachers }) AND (false) WITH DISTINCT n2 ORDER BY n2.id DESC LIMIT $first2 RETURN n2 } RETURN collect([n2.id, n2.id, p2.id]) AS r2 }
CALL (l1) { UNWIND l1 AS q2 MATCH (q2)-[:FOR]->(m2:Need) WHERE (EXISTS { MATCH (m2)-[:OF]->(m2v1:Person) WHERE m2v1.id IN $viewer_teachers }) AND (false) WITH q2, count(DISTINCT m2) AS k2 RETURN collect([q2.id, k2]) AS t2 }
RETURN r0, t0, r1, r2, t2
