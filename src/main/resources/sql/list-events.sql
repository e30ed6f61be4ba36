-- The newest events first; an empty state selects all.
select id, origin, object_type, object_id, aspect, owner_id, event_time, received_at, state, due_at, lease,
       failures, not_ready, reason, settled_at
from event
where :state = '' or state = :state
order by id desc
limit :limit
