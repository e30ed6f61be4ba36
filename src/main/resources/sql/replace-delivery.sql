-- Records that an activity's file at a sink was replaced or moved.
update delivery
set path = :path, provenance = :provenance, size = :size, sha256 = :sha256, event_id = :eventId, delivered_at = :now
where activity_id = :activityId and sink = :sink and path = :replaces
