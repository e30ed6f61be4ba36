-- Creates an activity from the data in its file and archive, unless it is already known.
insert into activity (id, athlete_id, sport_type, start_time, start_local, manual, read_at, name, elapsed_time)
values (:id, :athleteId, :sportType, :startTime, :startLocal, 0, :now, :name, :elapsedTime)
on conflict (id) do nothing
