-- Erases the details of activities that were read before a time or are deleted at Strava.
update activity set
  name = null, private = null, visibility = null, utc_offset = null, distance = null, moving_time = null, elapsed_time = null,
  elevation_gain = null, average_speed = null, max_speed = null, average_heartrate = null, max_heartrate = null,
  calories = null, start_latitude = null, start_longitude = null, end_latitude = null, end_longitude = null,
  polyline = null, device = null, details = null
where id in (select id from activity
             where details is not null and (read_at < :before or deleted_at is not null)
             order by read_at
             limit :limit)
