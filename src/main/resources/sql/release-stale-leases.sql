-- Makes due what is leased for longer than anybody leases: the clock was set back, and its holder is gone.
update event set lease = null, due_at = :now where priority = :priority and due_at > :latest and lease is not null
