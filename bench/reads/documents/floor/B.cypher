MATCH (t:Person {id: $id})
CALL (t) {
  MATCH (t)<-[:OF]-(n:Need) WITH n ORDER BY n.id LIMIT 3
  CALL (n) { MATCH (n)-[:ABOUT]->(c:Topic) RETURN c {.id, .name} AS topic LIMIT 1 }
  RETURN collect(n {.id, .status, .severity, formedOn: n.formed_on, topic: topic}) AS needs
}
RETURN t {.id, .name, .subject, needs: needs} AS teacher
