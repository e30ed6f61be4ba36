-- The activities to which an import has added a file, or is about to.
select distinct entry.activity_id, coalesce(activity.athlete_id, event.owner_id, '') as athlete_id
from import_entry entry
left join activity on activity.id = entry.activity_id
left join event on event.id = entry.event_id
where entry.import_id = :import and entry.state in ('imported', 'converted', 'upgraded')
order by entry.activity_id
