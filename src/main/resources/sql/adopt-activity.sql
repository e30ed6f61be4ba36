-- Adds a settled event for an activity adopted from another tool.
insert into event (origin, priority, subscription_id, object_type, object_id, aspect, owner_id,
                   event_time, updates, received_at, state, reason, settled_at)
values (:origin, 2, 0, 'activity', :activity, 'create', '', :time, '{}', :now, :state, :reason, :now)
on conflict (object_id, event_time, object_type, aspect, origin, subscription_id, updates)
  do update set reason = excluded.reason
returning id
