CALL () { MATCH (n0:Need) WITH n0 ORDER BY n0.id LIMIT $first0 RETURN collect([n0.id]) AS r0 }
CALL () { MATCH (m0:Need) RETURN count(m0) AS t0 }
CALL () { MATCH (n1:Need) WHERE n1.status IN $status1 WITH n1 ORDER BY n1.id LIMIT $first1 RETURN collect([n1.id, n1.status]) AS r1 }
CALL () { MATCH (m1:Need) WHERE m1.status IN $status1 RETURN count(m1) AS t1 }
CALL () { MATCH (n2:Need) WHERE n2.status IN $status2 WITH n2 ORDER BY n2.id LIMIT $first2 RETURN collect([n2.id]) AS r2 }
CALL () { MATCH (m2:Need) WHERE m2.status IN $status2 RETURN count(m2) AS t2 }
CALL () { MATCH (n3:Need) WHERE EXISTS { MATCH (n3)-[:ABOUT]->(n3_topic:Topic) WHERE n3_topic.id = $topic3 } AND n3.reach = $reach3 AND n3.subject = $subject3 WITH n3 ORDER BY n3.id LIMIT $first3 RETURN collect([n3.id]) AS r3 }
CALL () { MATCH (m3:Need) WHERE EXISTS { MATCH (m3)-[:ABOUT]->(m3_topic:Topic) WHERE m3_topic.id = $topic3 } AND m3.reach = $reach3 AND m3.subject = $subject3 RETURN count(m3) AS t3 }
CALL () { MATCH (n4:Need) WHERE (EXISTS { MATCH (n4)-[:OF]->(n4_school_h0:Person)<-[:OF]-(n4_school_h1:Employment)-[:AT]->(n4_school:School) WHERE n4_school_h1.start <= $today AND (n4_school_h1.end IS NULL OR n4_school_h1.end >= $today) AND n4_school.id = $school4 } OR EXISTS { MATCH (n4)-[:AT]->(n4_school:School) WHERE n4_school.id = $school4 }) WITH n4 ORDER BY n4.id LIMIT $first4 RETURN collect([n4.id]) AS r4, collect(n4) AS l4 }
CALL () { MATCH (m4:Need) WHERE (EXISTS { MATCH (m4)-[:OF]->(m4_school_h0:Person)<-[:OF]-(m4_school_h1:Employment)-[:AT]->(m4_school:School) WHERE m4_school_h1.start <= $today AND (m4_school_h1.end IS NULL OR m4_school_h1.end >= $today) AND m4_school.id = $school4 } OR EXISTS { MATCH (m4)-[:AT]->(m4_school:School) WHERE m4_school.id = $school4 }) RETURN count(m4) AS t4 }
CALL (l4) { UNWIND l4 AS p5 MATCH (p5)-[:AT]->(n5:School) WITH n5, collect(DISTINCT p5.id) AS g5 ORDER BY n5.id RETURN collect([n5.id, n5.name, g5]) AS r5 }
CALL () { MATCH (n6:School) WHERE (toLower(n6.name) CONTAINS $text6) WITH n6 ORDER BY n6.id LIMIT $first6 RETURN collect([n6.id, n6.name]) AS r6 }
CALL () { MATCH (n7:School) WHERE (toLower(n7.name) CONTAINS $text7) WITH n7 ORDER BY n7.id LIMIT $first7 RETURN collect([n7.id, n7.name]) AS r7 }
CALL () { MATCH (m8:School) WHERE (toLower(m8.name) CONTAINS $text8) RETURN count(m8) AS t8 }
CALL () { MATCH (n9:Resource) WHERE (toLower(n9.name) CONTAINS $text9) WITH n9 ORDER BY n9.id LIMIT $first9 RETURN collect([n9.id, n9.name]) AS r9 }
CALL () { MATCH (n10:Resource) WHERE (toLower(n10.name) CONTAINS $text10) WITH n10 ORDER BY n10.id LIMIT $first10 RETURN collect([n10.id, n10.name]) AS r10 }
CALL () { MATCH (n11:Topic) WHERE (toLower(n11.name) CONTAINS $text11 OR toLower(n11.name_en) CONTAINS $text11) WITH n11 ORDER BY n11.id LIMIT $first11 RETURN collect([n11.id, n11.name, n11.name_en]) AS r11 }
CALL () { MATCH (n12:Session) WHERE n12.planned_on >= $plannedFrom12 WITH n12 ORDER BY n12.planned_on, n12.id LIMIT $first12 RETURN collect([n12.id, n12.planned_on]) AS r12 }
CALL () { MATCH (n13:Session) WHERE n13.planned_on <= $plannedTo13 WITH n13 ORDER BY n13.planned_on, n13.id LIMIT $first13 RETURN collect([n13.id, n13.planned_on]) AS r13 }
CALL () { MATCH (n14:Session) WHERE n14.planned_on >= $plannedFrom14 AND n14.planned_on <= $plannedTo14 WITH n14 ORDER BY n14.planned_on, n14.id LIMIT $first14 RETURN collect([n14.id, n14.planned_on]) AS r14 }
CALL () { MATCH (n15:Recommendation) WHERE n15.form = $form15 AND n15.rank = $rank15 WITH n15 ORDER BY n15.issued_on DESC, n15.rank, n15.id LIMIT $first15 RETURN collect([n15.id, n15.rank, n15.form]) AS r15 }
CALL () { MATCH (m16:TrainingOrder) WHERE m16.status IN $status16 AND EXISTS { MATCH (m16)-[:BY]->(m16_trainer:Person) WHERE m16_trainer.id = $trainer16 } RETURN count(m16) AS t16 }
RETURN r0, t0, r1, t1, r2, t2, r3, t3, r4, t4, r5, r6, r7, t8, r9, r10, r11, r12, r13, r14, r15, t16
