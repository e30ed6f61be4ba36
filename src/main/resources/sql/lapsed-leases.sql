-- Which of these are due, so that others could take them over now.
select id from event where id in (:ids) and due_at <= :now
