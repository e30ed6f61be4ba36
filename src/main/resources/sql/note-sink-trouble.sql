insert into sink_trouble (sink, since, reason) values (:sink, :now, :reason)
on conflict (sink) do update set reason = excluded.reason
