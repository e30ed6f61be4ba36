-- Those of the given events whose leases have expired.
select id from event where id in (:ids) and due_at <= :now
