insert into data_key (one, key_id, since) values (1, :id, :now)
on conflict (one) do nothing
