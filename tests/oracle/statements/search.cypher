CALL () { CALL db.index.fulltext.queryNodes('Topic[searched]', $found0) YIELD node AS n0 WITH DISTINCT n0 WHERE all(n0w IN $words0 WHERE n0.searched CONTAINS n0w) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.name, n0.id]) AS r0 }
CALL () { CALL db.index.fulltext.queryNodes('Topic[searched]', $found0) YIELD node AS m0 WITH DISTINCT m0 WHERE all(m0w IN $words0 WHERE m0.searched CONTAINS m0w) RETURN count(m0) AS t0 }
CALL () { CALL db.index.fulltext.queryNodes('Resource[searched]', $found1) YIELD node AS n1 WITH DISTINCT n1 WHERE all(n1w IN $words1 WHERE n1.searched CONTAINS n1w) WITH n1 ORDER BY n1.id LIMIT $first1 RETURN collect([n1.id, n1.name]) AS r1 }
CALL () { CALL db.index.fulltext.queryNodes('Resource[searched]', $found1) YIELD node AS m1 WITH DISTINCT m1 WHERE all(m1w IN $words1 WHERE m1.searched CONTAINS m1w) RETURN count(m1) AS t1 }
CALL () { CALL db.index.fulltext.queryNodes('School[searched]', $found2) YIELD node AS n2 WITH DISTINCT n2 WHERE n2.devices >= $where2_2 AND all(n2w IN $words2 WHERE n2.searched CONTAINS n2w) WITH n2 ORDER BY n2.id LIMIT $first2 RETURN collect([n2.id]) AS r2 }
CALL () { CALL db.index.fulltext.queryNodes('School[searched]', $found2) YIELD node AS m2 WITH DISTINCT m2 WHERE m2.devices >= $where2_2 AND all(m2w IN $words2 WHERE m2.searched CONTAINS m2w) RETURN count(m2) AS t2 }
CALL () { CALL db.index.fulltext.queryNodes('Person[searched]', $found3) YIELD node AS n3 WITH DISTINCT n3 WHERE n3.kind = 'TEACHER' AND all(n3w IN $words3 WHERE n3.searched CONTAINS n3w) WITH n3 ORDER BY n3.id DESC LIMIT $first3 RETURN collect([n3.id, n3.name]) AS r3 }
CALL () { CALL db.index.fulltext.queryNodes('Person[searched]', $found3) YIELD node AS m3 WITH DISTINCT m3 WHERE m3.kind = 'TEACHER' AND all(m3w IN $words3 WHERE m3.searched CONTAINS m3w) RETURN count(m3) AS t3 }
RETURN r0, t0, r1, t1, r2, t2, r3, t3

CALL () { CALL db.index.fulltext.queryNodes('Topic[searched]', $found0) YIELD node AS n0 WITH DISTINCT n0 WHERE all(n0w IN $words0 WHERE n0.searched CONTAINS n0w) AND (n0.id > $after0_0) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id, n0.name, n0.id]) AS r0 }
CALL () { CALL db.index.fulltext.queryNodes('Topic[searched]', $found0) YIELD node AS m0 WITH DISTINCT m0 WHERE all(m0w IN $words0 WHERE m0.searched CONTAINS m0w) RETURN count(m0) AS t0 }
CALL () { CALL db.index.fulltext.queryNodes('Resource[searched]', $found1) YIELD node AS n1 WITH DISTINCT n1 WHERE all(n1w IN $words1 WHERE n1.searched CONTAINS n1w) WITH n1 ORDER BY n1.id LIMIT $first1 RETURN collect([n1.id, n1.name]) AS r1 }
CALL () { CALL db.index.fulltext.queryNodes('Resource[searched]', $found1) YIELD node AS m1 WITH DISTINCT m1 WHERE all(m1w IN $words1 WHERE m1.searched CONTAINS m1w) RETURN count(m1) AS t1 }
CALL () { CALL db.index.fulltext.queryNodes('School[searched]', $found2) YIELD node AS n2 WITH DISTINCT n2 WHERE n2.devices >= $where2_2 AND all(n2w IN $words2 WHERE n2.searched CONTAINS n2w) WITH n2 ORDER BY n2.id LIMIT $first2 RETURN collect([n2.id]) AS r2 }
CALL () { CALL db.index.fulltext.queryNodes('School[searched]', $found2) YIELD node AS m2 WITH DISTINCT m2 WHERE m2.devices >= $where2_2 AND all(m2w IN $words2 WHERE m2.searched CONTAINS m2w) RETURN count(m2) AS t2 }
CALL () { CALL db.index.fulltext.queryNodes('Person[searched]', $found3) YIELD node AS n3 WITH DISTINCT n3 WHERE n3.kind = 'TEACHER' AND all(n3w IN $words3 WHERE n3.searched CONTAINS n3w) WITH n3 ORDER BY n3.id DESC LIMIT $first3 RETURN collect([n3.id, n3.name]) AS r3 }
CALL () { CALL db.index.fulltext.queryNodes('Person[searched]', $found3) YIELD node AS m3 WITH DISTINCT m3 WHERE m3.kind = 'TEACHER' AND all(m3w IN $words3 WHERE m3.searched CONTAINS m3w) RETURN count(m3) AS t3 }
RETURN r0, t0, r1, t1, r2, t2, r3, t3

CALL () { CALL db.index.fulltext.queryNodes('Resource[searched]', $found1) YIELD node AS n1 WITH DISTINCT n1 WHERE all(n1w IN $words1 WHERE n1.searched CONTAINS n1w) WITH n1 ORDER BY n1.id LIMIT $first1 RETURN collect([n1.id, n1.name]) AS r1 }
CALL () { CALL db.index.fulltext.queryNodes('Resource[searched]', $found1) YIELD node AS m1 WITH DISTINCT m1 WHERE all(m1w IN $words1 WHERE m1.searched CONTAINS m1w) RETURN count(m1) AS t1 }
CALL () { CALL db.index.fulltext.queryNodes('School[searched]', $found2) YIELD node AS n2 WITH DISTINCT n2 WHERE n2.devices >= $where2_2 AND all(n2w IN $words2 WHERE n2.searched CONTAINS n2w) WITH n2 ORDER BY n2.id LIMIT $first2 RETURN collect([n2.id]) AS r2 }
CALL () { CALL db.index.fulltext.queryNodes('School[searched]', $found2) YIELD node AS m2 WITH DISTINCT m2 WHERE m2.devices >= $where2_2 AND all(m2w IN $words2 WHERE m2.searched CONTAINS m2w) RETURN count(m2) AS t2 }
CALL () { CALL db.index.fulltext.queryNodes('Person[searched]', $found3) YIELD node AS n3 WITH DISTINCT n3 WHERE n3.kind = 'TEACHER' AND all(n3w IN $words3 WHERE n3.searched CONTAINS n3w) WITH n3 ORDER BY n3.id DESC LIMIT $first3 RETURN collect([n3.id, n3.name]) AS r3 }
CALL () { CALL db.index.fulltext.queryNodes('Person[searched]', $found3) YIELD node AS m3 WITH DISTINCT m3 WHERE m3.kind = 'TEACHER' AND all(m3w IN $words3 WHERE m3.searched CONTAINS m3w) RETURN count(m3) AS t3 }
RETURN r1, t1, r2, t2, r3, t3
