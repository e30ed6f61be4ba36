-- What an update says of an activity whose details are stored.
update activity set name = coalesce(:name, name), private = coalesce(:private, private)
where id = :id and details is not null
