-- Accepts an event; a repeat of an event already held changes nothing.
insert into event (origin, priority, subscription_id, object_type, object_id, aspect, owner_id,
                   event_time, updates, received_at, state, due_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending',
        case when exists (select 1 from event
                          where due_at is not null and object_type = ? and object_id = ?)
             then null else cast(? as bigint) end)
on conflict (object_id, event_time, object_type, aspect, origin, subscription_id, updates) do nothing
