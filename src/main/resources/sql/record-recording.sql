-- Records the numbers of a file; local time comes from the API if the file does not contain it.
insert into recording (activity_id, sha256, provenance, athlete_id, recorded_at,
                       start_time, start_local, sport, device, distance, timer_time, elapsed_time, ascent, descent,
                       average_heart_rate, maximum_heart_rate, average_cadence, maximum_cadence,
                       average_power, maximum_power, calories, laps, best_1_km, best_5_km, best_10_km, best_half_marathon,
                       start_latitude, start_longitude, end_latitude, end_longitude, south, west, north, east, track, overview)
values (:activityId, :sha256, :provenance, :athleteId, :now,
        :start_time, coalesce(:start_local, (select start_local from activity where id = :activityId)), :sport, :device,
        :distance, :timer_time, :elapsed_time, :ascent, :descent,
        :average_heart_rate, :maximum_heart_rate, :average_cadence, :maximum_cadence,
        :average_power, :maximum_power, :calories, :laps, :best_1_km, :best_5_km, :best_10_km, :best_half_marathon,
        :start_latitude, :start_longitude, :end_latitude, :end_longitude, :south, :west, :north, :east, :track, :overview)
on conflict (activity_id, sha256) do update set
  provenance = excluded.provenance, recorded_at = excluded.recorded_at,
  athlete_id = case when excluded.athlete_id = '' then recording.athlete_id else excluded.athlete_id end,
  start_time = excluded.start_time, start_local = coalesce(excluded.start_local, recording.start_local),
  sport = excluded.sport, device = excluded.device,
  distance = excluded.distance, timer_time = excluded.timer_time, elapsed_time = excluded.elapsed_time,
  ascent = excluded.ascent, descent = excluded.descent,
  average_heart_rate = excluded.average_heart_rate, maximum_heart_rate = excluded.maximum_heart_rate,
  average_cadence = excluded.average_cadence, maximum_cadence = excluded.maximum_cadence,
  average_power = excluded.average_power, maximum_power = excluded.maximum_power,
  calories = excluded.calories, laps = excluded.laps,
  best_1_km = excluded.best_1_km, best_5_km = excluded.best_5_km, best_10_km = excluded.best_10_km,
  best_half_marathon = excluded.best_half_marathon,
  start_latitude = excluded.start_latitude, start_longitude = excluded.start_longitude,
  end_latitude = excluded.end_latitude, end_longitude = excluded.end_longitude,
  south = excluded.south, west = excluded.west, north = excluded.north, east = excluded.east,
  track = excluded.track, overview = excluded.overview
