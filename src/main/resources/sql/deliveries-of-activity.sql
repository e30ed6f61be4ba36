select activity_id, sink, path, provenance, size, sha256, delivered_at from delivery where activity_id = ? order by sink
