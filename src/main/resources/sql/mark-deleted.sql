-- Notes that an activity is gone from Strava, unless it was seen there since.
update activity set deleted_at = :at where id = :id and athlete_id = :athleteId and read_at <= :seen
