-- Takes on a task that nobody has, whose holder has not been heard of for too long, or that is ours already. Whoever has
-- it until later than anybody may is of a clock that was set back.
insert into leadership (task, holder, until_time) values (:task, :holder, :until)
on conflict (task) do update set holder = excluded.holder, until_time = excluded.until_time
where leadership.until_time <= :now or leadership.until_time > :until or leadership.holder = excluded.holder
