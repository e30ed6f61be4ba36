-- The activities that have an unchanged file from an import, or are about to get one.
select distinct entry.activity_id, coalesce(activity.athlete_id, event.owner_id, '') as athlete_id
from import_entry entry
left join activity on activity.id = entry.activity_id
left join event on event.id = entry.event_id
where entry.import_id = :import and entry.state in ('imported', 'converted')
  and (exists (select 1 from delivery_intent path
               where path.activity_id = entry.activity_id and path.event_id = entry.event_id)
       or not exists (select 1 from delivery where delivery.activity_id = entry.activity_id))
order by entry.activity_id
