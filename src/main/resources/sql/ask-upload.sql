-- Notes that a file is to be uploaded. Nothing changes while its event is pending; if Strava has it; or if Strava has refused it or its activity was
-- deleted, and it is not to be sent again.
insert into upload (athlete_id, sha256, name, data_type, state, asked_at)
values (:athleteId, :sha256, :name, :dataType, 'waiting', :now)
on conflict (athlete_id, sha256) do update set
  name = excluded.name, data_type = excluded.data_type, asked_at = excluded.asked_at, looks = 0,
  state = case when upload.state = 'sending' or upload.state = 'processing' and :again = 0 then upload.state else 'waiting' end
where (upload.state not in ('ready', 'duplicate')
       or :again = 1 and exists (select 1 from tombstone where tombstone.activity_id = upload.activity_id))
  and (upload.state not in ('failed', 'deleted') or :again = 1)
  and not exists (select 1 from event
                  where event.object_type = 'upload' and event.object_id = upload.sha256
                    and event.owner_id = upload.athlete_id and event.state = 'pending')
