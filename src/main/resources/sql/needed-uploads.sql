-- Uploads of a file that are to be sent, or whose activity is to be delivered from it, if that happens before long.
select count(*) from upload
where sha256 = :sha256
  and (state in ('waiting', 'sending', 'processing')
       or state in ('ready', 'duplicate') and data_type like 'fit%' and looked_at > :since
          and not exists (select 1 from delivery
                          where delivery.activity_id = upload.activity_id and delivery.provenance <> 'streams'))
