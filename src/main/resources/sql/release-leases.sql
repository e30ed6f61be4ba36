-- Makes the events leased by all other instances due at once; only to be used when none of them is running.
update event set lease = null, due_at = :now where lease is not null and lease not like :mine
