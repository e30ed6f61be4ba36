-- The number of pending events of an import that are being processed or due soon, directly or behind another event of the same object.
select count(*)
from import_entry entry
join event on event.id = entry.event_id
join event turn on turn.object_type = event.object_type and turn.object_id = event.object_id and turn.due_at is not null
where entry.import_id = :import and event.state = 'pending'
  and (turn.lease is not null or turn.reason is null or turn.due_at < :soon)
