-- Takes the lock for refreshing an athlete's tokens. A term beyond the maximum comes from a clock that was set back.
insert into token_refresh_lock (athlete_id, holder, until_time) values (:athleteId, :holder, :until)
on conflict (athlete_id) do update set holder = excluded.holder, until_time = excluded.until_time
where token_refresh_lock.until_time <= :now or token_refresh_lock.until_time > :until or token_refresh_lock.holder = excluded.holder
