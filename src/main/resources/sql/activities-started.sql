-- The activities that started within a period. sport is one of Strava's sport types or the name of a FIT sport. has_file is 1 if a sink has the
-- activity's file or an import is about to deliver it.
select found.id, found.sport, found.start_time, found.elapsed_time,
       case when exists (select 1 from delivery where delivery.activity_id = found.id)
              or exists (select 1 from kept_export where kept_export.activity_id = found.id) then 1 else 0 end as has_file
from (
  select id, sport_type as sport, start_time, elapsed_time from activity
  where start_time between :from and :to and deleted_at is null
  union all
  select activity_id, sport, start_time, elapsed_time from recording
  where start_time between :from and :to
) found
