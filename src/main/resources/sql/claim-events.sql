-- Leases due events of one priority, the longest due first; an expired lease makes an event due again.
update event set lease = :lease, due_at = :until, hasten = case when hasten = 1 then 2 else 0 end
where id in (select id from event
             where priority = :priority and due_at <= :now
             order by due_at, id
             limit :limit)
returning id, origin, priority, subscription_id, object_type, object_id, aspect, owner_id,
          event_time, updates, received_at, failures, not_ready, hasten
