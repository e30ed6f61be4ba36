-- Marks an activity as deleted at Strava, unless it was read there since.
update activity set deleted_at = :at where id = :id and athlete_id = :athleteId and read_at <= :seen
