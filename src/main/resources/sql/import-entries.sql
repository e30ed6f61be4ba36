-- The results of an import's files, as determined by the events that deliver them.
select entry.name, entry.activity_id,
       case when event.state in ('pending', 'dead', 'skipped') and entry.state in ('imported', 'upgraded', 'converted')
            then event.state else entry.state end as state,
       case when event.state in ('pending', 'dead', 'skipped') and entry.state in ('imported', 'upgraded', 'converted')
            then coalesce(event.reason, '') else entry.reason end as reason
from import_entry entry left join event on event.id = entry.event_id
where entry.import_id = :import
order by entry.name
