-- Makes due at once what other instances had leased; only for when it is known that they are gone.
update event set lease = null, due_at = :now where lease is not null and lease not like :mine
