-- The next event of a batch and what it waits for.
select due_at, reason from event
where origin = 'backfill' and event_time = :batch and state = 'pending' and reason is not null and due_at > :now and lease is null
order by due_at
limit 1
