-- The activities with a file of this content: delivered, kept for delivery, or imported with this content and delivered or pending.
select activity_id from delivery where sha256 = :sha256
union
select activity_id from kept_export where sha256 = :sha256
union
select entry.activity_id
from import_entry entry
where entry.sha256 = :sha256 and entry.state in ('imported', 'upgraded', 'converted')
  and (exists (select 1 from delivery where delivery.activity_id = entry.activity_id)
       or exists (select 1 from event where event.id = entry.event_id and event.state = 'pending'))
