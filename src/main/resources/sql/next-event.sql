-- The next event to be tried, except those in work.
select aspect, object_type, object_id, due_at, reason from event
where due_at is not null and lease is null
order by due_at, id
limit 1
