MATCH (s:School) WITH s ORDER BY s.id LIMIT 6
CALL (s) {
  MATCH (s)<-[:AT]-(e:Employment)-[:OF]->(t:Person)
  WHERE e.start <= $today AND (e.end IS NULL OR e.end >= $today)
  WITH DISTINCT t ORDER BY t.id LIMIT 100
  CALL (t) {
    MATCH (t)<-[:OF]-(n:Need) WITH n ORDER BY n.id LIMIT 3
    CALL (n) {
      MATCH (n)-[:ABOUT]->(c:Topic)
      CALL (c) {
        MATCH (c)<-[:ABOUT]-(r:Resource) WITH r ORDER BY r.id LIMIT 2
        RETURN collect(r {.id, .name}) AS resources
      }
      RETURN c {.id, .name, resources: resources} AS topic LIMIT 1
    }
    RETURN collect(n {.id, .status, .severity, formedOn: n.formed_on, topic: topic}) AS needs
  }
  RETURN collect(t {.id, .name, needs: needs}) AS teachers
}
RETURN collect(s {.id, .name, teachers: teachers}) AS schools
