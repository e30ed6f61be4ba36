-- Takes a task that has no holder, whose holder has not renewed it in time, or that is already held. A term beyond the
-- maximum comes from a clock that was set back.
insert into leadership (task, holder, until_time) values (:task, :holder, :until)
on conflict (task) do update set holder = excluded.holder, until_time = excluded.until_time
where leadership.until_time <= :now or leadership.until_time > :until or leadership.holder = excluded.holder
