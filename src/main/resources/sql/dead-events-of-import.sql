-- The events of an import that were given up, though their files are still there.
select event.id
from import_entry entry join event on event.id = entry.event_id
where entry.import_id = :import and event.state = 'dead'
  and exists (select 1 from kept_export where kept_export.activity_id = entry.activity_id)
