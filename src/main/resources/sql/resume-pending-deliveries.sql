-- A sink works again: what is owed to it is due now.
update pending_delivery set due_at = :now where sink = :sink and due_at > :now
