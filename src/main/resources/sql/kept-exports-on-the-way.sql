-- The number of kept exports whose events are unfinished.
select count(*) from kept_export
where exists (select 1 from event
              where event.object_type = 'activity' and event.object_id = kept_export.activity_id and event.due_at is not null)
