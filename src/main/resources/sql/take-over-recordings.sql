update recording set activity_id = :id
where activity_id = :own
  and not exists (select 1 from recording other where other.activity_id = :id and other.sha256 = recording.sha256)
