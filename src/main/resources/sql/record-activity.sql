insert into activity (id, athlete_id, name, sport_type, start_time, start_local, manual, read_at)
values (:id, :athleteId, :name, :sportType, :startTime, :startLocal, :manual, :readAt)
on conflict (id) do update set
  name = excluded.name, sport_type = excluded.sport_type, start_time = excluded.start_time,
  start_local = excluded.start_local, manual = excluded.manual, read_at = excluded.read_at
