-- The dead events of an import whose files are still kept.
select event.id
from import_entry entry join event on event.id = entry.event_id
where entry.import_id = :import and event.state = 'dead'
  and exists (select 1 from kept_export where kept_export.activity_id = entry.activity_id)
