-- Lets one at a time renew an athlete's tokens. Whoever had to do it until later than anybody may is of a clock that was
-- set back.
insert into token_refresh_lock (athlete_id, holder, until_time) values (:athleteId, :holder, :until)
on conflict (athlete_id) do update set holder = excluded.holder, until_time = excluded.until_time
where token_refresh_lock.until_time <= :now or token_refresh_lock.until_time > :until or token_refresh_lock.holder = excluded.holder
