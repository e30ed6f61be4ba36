-- The number of uploads of a file that are unfinished, or whose activity has yet to be delivered from it and was reported by Strava after :since.
select count(*) from upload
where sha256 = :sha256
  and (state in ('waiting', 'sending', 'processing')
       or state in ('ready', 'duplicate') and data_type like 'fit%' and looked_at > :since
          and not exists (select 1 from delivery
                          where delivery.activity_id = upload.activity_id and delivery.provenance <> 'streams'))
