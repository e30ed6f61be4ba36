-- Leases due events of priorities that this version does not know.
update event set lease = :lease, due_at = :until
where id in (select id from event where priority < 0 and due_at <= :now
             union all
             select id from event where priority > :last and due_at <= :now)
returning id, origin, priority, subscription_id, object_type, object_id, aspect, owner_id,
          event_time, updates, received_at, failures, not_ready, hasten
