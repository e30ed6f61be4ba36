-- Deletes an activity that was created by an import, unless a sink still has its file or Strava has provided its details.
delete from activity
where id = :activityId and details is null
  and exists (select 1 from import_entry entry
              where entry.import_id = :import and entry.activity_id = activity.id and entry.seeded = 1)
  and not exists (select 1 from delivery where delivery.activity_id = activity.id)
