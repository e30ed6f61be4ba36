-- Notes that another file has taken the place of one.
update delivery set provenance = ?, size = ?, sha256 = ?, event_id = ?, delivered_at = ?
where activity_id = ? and sink = ? and path = ?
