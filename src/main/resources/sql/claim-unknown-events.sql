-- Leases what is due in a lane that this version does not know.
update event set lease = :lease, due_at = :until
where id in (select id from event where lane < 0 and due_at <= :now
             union all
             select id from event where lane > :last and due_at <= :now)
returning id, origin, lane, subscription_id, object_type, object_id, aspect, owner_id,
          event_time, updates, received_at, failures, not_ready, hasten
