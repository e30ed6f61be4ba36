-- Lets one at a time renew an athlete's tokens. Whoever had to do it until later than anybody may is of a clock that was
-- set back.
insert into renewal (athlete_id, holder, until_time) values (:athleteId, :holder, :until)
on conflict (athlete_id) do update set holder = excluded.holder, until_time = excluded.until_time
where renewal.until_time <= :now or renewal.until_time > :until or renewal.holder = excluded.holder
