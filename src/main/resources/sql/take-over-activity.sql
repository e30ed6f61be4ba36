-- Forgets the activity that stood for a file without an id, now that it has one.
delete from activity where id = :own and :id <> :own
