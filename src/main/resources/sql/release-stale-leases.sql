-- Releases leases that run longer than any lease lasts: the clock was set back, and the holder is dead.
update event set lease = null, due_at = :now where priority = :priority and due_at > :latest and lease is not null
