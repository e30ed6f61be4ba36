-- Makes the pending deliveries to a recovered sink due.
update pending_delivery set due_at = :now where sink = :sink and due_at > :now
