-- Activities with a file at another sink than the given one, oldest first, one row each; recorded is 1 if it is at the
-- given sink too.
select source.activity_id, activity.athlete_id, source.sink, source.path,
       (select count(*) from delivery own where own.activity_id = source.activity_id and own.sink = :sink) as recorded
from delivery source join activity on activity.id = source.activity_id
where activity.start_time >= :since
  and source.sink = (select min(other.sink) from delivery other
                     where other.activity_id = source.activity_id and other.sink <> :sink)
order by activity.start_time, source.activity_id
