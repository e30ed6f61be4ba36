select min(due_at) from event where due_at is not null and priority = :priority
