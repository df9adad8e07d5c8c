MATCH (t:Person {subject: $subject}) WITH t ORDER BY t.id LIMIT 20
CALL (t) {
  MATCH (t)<-[:OF]-(n:Need) WITH n ORDER BY n.id LIMIT 3
  CALL (n) { MATCH (n)-[:ABOUT]->(c:Topic) RETURN c {.id, .name} AS topic LIMIT 1 }
  RETURN collect(n {.id, .status, .severity, formedOn: n.formed_on, topic: topic}) AS needs
}
RETURN collect(t {.id, .name, .subject, needs: needs}) AS teachers
