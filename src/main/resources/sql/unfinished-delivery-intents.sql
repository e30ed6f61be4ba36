select sink, path, provenance, size, sha256, replaces, event_id, noted_at from delivery_intent
where activity_id = :activityId and unfinished = 1
order by noted_at, sink, path
