-- Stores an activity as listed, unless its details are known already.
insert into activity (id, athlete_id, sport_type, start_time, start_local, manual, read_at,
                      name, private, visibility, utc_offset, distance, moving_time, elapsed_time, elevation_gain,
                      average_speed, max_speed, average_heartrate, max_heartrate, calories,
                      start_latitude, start_longitude, end_latitude, end_longitude, polyline, device, details)
values (:id, :athleteId, :sportType, :startTime, :startLocal, :manual, :readAt,
        :name, :private, :visibility, :utc_offset, :distance, :moving_time, :elapsed_time, :elevation_gain,
        :average_speed, :max_speed, :average_heartrate, :max_heartrate, :calories,
        :start_latitude, :start_longitude, :end_latitude, :end_longitude, :polyline, :device, :details)
on conflict (id) do update set
  athlete_id = excluded.athlete_id, sport_type = excluded.sport_type, start_time = excluded.start_time,
  start_local = excluded.start_local, manual = excluded.manual, read_at = excluded.read_at,
  name = excluded.name, private = excluded.private, visibility = excluded.visibility, utc_offset = excluded.utc_offset,
  distance = excluded.distance, moving_time = excluded.moving_time, elapsed_time = excluded.elapsed_time,
  elevation_gain = excluded.elevation_gain, average_speed = excluded.average_speed, max_speed = excluded.max_speed,
  average_heartrate = excluded.average_heartrate, max_heartrate = excluded.max_heartrate, calories = excluded.calories,
  start_latitude = excluded.start_latitude, start_longitude = excluded.start_longitude,
  end_latitude = excluded.end_latitude, end_longitude = excluded.end_longitude,
  polyline = excluded.polyline, device = excluded.device, details = excluded.details
where activity.details is null
