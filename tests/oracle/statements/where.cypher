CALL () { MATCH (m0:Need) WHERE m0.reopened_on IS NULL RETURN count(m0) AS t0 }
CALL () { MATCH (n1:Need) WHERE NOT (coalesce(n1.reopened_on IS NULL, false)) WITH n1 ORDER BY n1.id LIMIT $first1 RETURN collect([n1.id]) AS r1 }
CALL () { MATCH (m1:Need) WHERE NOT (coalesce(m1.reopened_on IS NULL, false)) RETURN count(m1) AS t1 }
CALL () { MATCH (n2:Session) WHERE NOT (coalesce(n2.planned_on >= $where2_3, false)) WITH n2 ORDER BY n2.planned_on, n2.id LIMIT $first2 RETURN collect([n2.id, n2.planned_on]) AS r2 }
CALL () { MATCH (m2:Session) WHERE NOT (coalesce(m2.planned_on >= $where2_3, false)) RETURN count(m2) AS t2 }
CALL () { MATCH (n3:Session) WHERE NOT ((coalesce(n3.planned_on < $where3_4, false) OR (coalesce(n3.number = $where3_7, false) AND coalesce(n3.hours > $where3_9, false)))) WITH n3 ORDER BY n3.planned_on, n3.id LIMIT $first3 RETURN collect([n3.id]) AS r3 }
CALL () { MATCH (m3:Session) WHERE NOT ((coalesce(m3.planned_on < $where3_4, false) OR (coalesce(m3.number = $where3_7, false) AND coalesce(m3.hours > $where3_9, false)))) RETURN count(m3) AS t3 }
CALL () { MATCH (n4:Person) WHERE n4.kind = 'TEACHER' AND NOT (EXISTS { MATCH (n4)<-[:OF]-(n4e1:Need) WHERE NOT (coalesce(n4e1.status = $where4_3, false)) }) WITH n4 ORDER BY n4.id LIMIT $first4 RETURN collect([n4.id]) AS r4 }
CALL () { MATCH (m4:Person) WHERE m4.kind = 'TEACHER' AND NOT (EXISTS { MATCH (m4)<-[:OF]-(m4e2:Need) WHERE NOT (coalesce(m4e2.status = $where4_3, false)) }) RETURN count(m4) AS t4 }
CALL () { MATCH (n5:Person) WHERE n5.kind = 'TEACHER' AND (EXISTS { MATCH (n5)<-[:OF]-(n5e3:Employment) WHERE n5e3.end IS NULL } AND NOT (EXISTS { MATCH (n5)<-[:OF]-(n5e4:Need) WHERE n5e4.status = $where5_5 })) WITH n5 ORDER BY n5.id LIMIT $first5 RETURN collect([n5.id]) AS r5 }
CALL () { MATCH (m5:Person) WHERE m5.kind = 'TEACHER' AND (EXISTS { MATCH (m5)<-[:OF]-(m5e5:Employment) WHERE m5e5.end IS NULL } AND NOT (EXISTS { MATCH (m5)<-[:OF]-(m5e6:Need) WHERE m5e6.status = $where5_5 })) RETURN count(m5) AS t5 }
CALL () { MATCH (n6:Need) WHERE (EXISTS { MATCH (n6)-[:OF]->(n6e7:Person) WHERE n6e7.kind = 'TEACHER' AND EXISTS { MATCH (n6e7)<-[:OF]-(n6e7e8h0:Employment)-[:AT]->(n6e7e8:School) WHERE n6e7e8h0.start <= $today AND (n6e7e8h0.end IS NULL OR n6e7e8h0.end >= $today) AND n6e7e8.name CONTAINS $where6_4 } } AND EXISTS { MATCH (n6)-[:ABOUT]->(n6e9:Topic) WHERE EXISTS { MATCH (n6e9)-[:UNDER]->(n6e9e10:Topic) WHERE n6e9e10.id = $where6_7 } }) WITH n6 ORDER BY n6.id LIMIT $first6 RETURN collect([n6.id]) AS r6 }
CALL () { MATCH (m6:Need) WHERE (EXISTS { MATCH (m6)-[:OF]->(m6e11:Person) WHERE m6e11.kind = 'TEACHER' AND EXISTS { MATCH (m6e11)<-[:OF]-(m6e11e12h0:Employment)-[:AT]->(m6e11e12:School) WHERE m6e11e12h0.start <= $today AND (m6e11e12h0.end IS NULL OR m6e11e12h0.end >= $today) AND m6e11e12.name CONTAINS $where6_4 } } AND EXISTS { MATCH (m6)-[:ABOUT]->(m6e13:Topic) WHERE EXISTS { MATCH (m6e13)-[:UNDER]->(m6e13e14:Topic) WHERE m6e13e14.id = $where6_7 } }) RETURN count(m6) AS t6 }
CALL () { MATCH (n7:Resource) WHERE (n7.name STARTS WITH $where7_2 AND n7.grade_bands IS NULL) WITH n7 ORDER BY n7.id LIMIT $first7 RETURN collect([n7.id]) AS r7 }
CALL () { MATCH (m7:Resource) WHERE (m7.name STARTS WITH $where7_2 AND m7.grade_bands IS NULL) RETURN count(m7) AS t7 }
CALL () { MATCH (n8:Person) WHERE n8.id IN $ids8 WITH n8 ORDER BY n8.id RETURN collect([n8.id, n8.kind, n8.grade_bands]) AS r8 }
CALL () { MATCH (m9:School) WHERE true RETURN count(m9) AS t9 }
CALL () { MATCH (m10:School) WHERE false RETURN count(m10) AS t10 }
CALL () { MATCH (m11:School) WHERE true RETURN count(m11) AS t11 }
CALL () { MATCH (n12:School) WHERE n12.id IN $where12_2 WITH n12 ORDER BY n12.id LIMIT $first12 RETURN collect([n12.id]) AS r12, collect(n12) AS l12 }
CALL (l12) { UNWIND l12 AS p13 CALL (p13) { MATCH (p13)<-[:AT]-(n13h0:Employment)-[:OF]->(n13:Person) WHERE n13h0.start <= $today AND (n13h0.end IS NULL OR n13h0.end >= $today) AND n13.kind = 'TEACHER' AND n13.years_taught > $where13_2 WITH DISTINCT n13 ORDER BY n13.id LIMIT $first13 RETURN n13 } RETURN collect([n13.id, p13.id]) AS r13 }
CALL (l12) { UNWIND l12 AS q13 MATCH (q13)<-[:AT]-(m13h0:Employment)-[:OF]->(m13:Person) WHERE m13h0.start <= $today AND (m13h0.end IS NULL OR m13h0.end >= $today) AND m13.kind = 'TEACHER' AND m13.years_taught > $where13_2 WITH q13, count(DISTINCT m13) AS k13 RETURN collect([q13.id, k13]) AS t13 }
RETURN t0, r1, t1, r2, t2, r3, t3, r4, t4, r5, t5, r6, t6, r7, t7, r8, t9, t10, t11, r12, r13, t13
