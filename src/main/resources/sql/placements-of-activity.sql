select sink, path, provenance, size, sha256, event_id, noted_at from placement
where activity_id = :activityId
order by noted_at, sink, path, sha256
