-- Notes that an activity is gone from Strava, unless it was seen there since.
update activity set deleted_at = :at where id = :id and read_at <= :seen
