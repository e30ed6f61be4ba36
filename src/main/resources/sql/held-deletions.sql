-- The deletions that wait for a person to look at them.
select event.id from tombstone
join event on event.object_id = tombstone.activity_id and event.object_type = 'activity' and event.aspect = 'delete'
where tombstone.held = 1 and event.state = 'pending' and event.due_at is not null
order by event.id
