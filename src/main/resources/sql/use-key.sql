-- Sets the key in use.
insert into data_key (one, key_id, since) values (1, :id, :now)
on conflict (one) do update set key_id = excluded.key_id, since = excluded.since
