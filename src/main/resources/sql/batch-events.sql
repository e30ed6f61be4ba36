-- The number of a batch's activities in each state.
select state, count(*) as number from event
where origin = 'backfill' and object_type = 'activity' and event_time = :batch
group by state
