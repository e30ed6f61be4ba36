-- Records up to which time Hevy's feed of changes has been read.
insert into workout_feed (one, since_time) values (1, :since)
on conflict (one) do update set since_time = excluded.since_time
where excluded.since_time > workout_feed.since_time
