-- Takes note of what a file and the archive it came from say of an activity, unless it is known already.
insert into activity (id, athlete_id, sport_type, start_time, start_local, manual, read_at, name, elapsed_time)
values (:id, :athleteId, :sportType, :startTime, :startLocal, 0, :now, :name, :elapsedTime)
on conflict (id) do nothing
