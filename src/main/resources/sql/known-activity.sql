-- What is known of a listed activity.
select case when exists (select 1 from delivery where activity_id = :id) then 1 else 0 end as delivered,
       case when exists (select 1 from tombstone where activity_id = :id and held = 0)
              or exists (select 1 from activity where id = :id and deleted_at is not null) then 1 else 0 end as deleted,
       case when exists (select 1 from event where object_id = :id and object_type = 'activity' and state = 'pending') then 1 else 0 end as pending,
       (select state from event where object_id = :id and object_type = 'activity' and state <> 'pending' order by id desc limit 1) as state,
       (select reason from event where object_id = :id and object_type = 'activity' and state <> 'pending' order by id desc limit 1) as reason,
       (select sport_type from activity where id = :id) as sport_type,
       (select name from activity where id = :id) as name,
       (select private from activity where id = :id) as private
