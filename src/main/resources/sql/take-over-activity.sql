-- Deletes the placeholder activity of a file that was imported without an ID, now that the ID is known.
delete from activity where id = :own and :id <> :own
