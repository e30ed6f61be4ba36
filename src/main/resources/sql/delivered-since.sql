-- An athlete's delivered activities that began since a time, are not known to be deleted and were not checked recently.
select activity.id from activity
where activity.athlete_id = :athleteId and activity.start_time >= :since and activity.deleted_at is null
  and exists (select 1 from delivery where delivery.activity_id = activity.id)
  and not exists (select 1 from event
                  where event.object_id = activity.id and event.object_type = 'activity' and event.aspect = 'delete'
                    and (event.state = 'pending' or event.received_at >= :asked))
order by activity.start_time
