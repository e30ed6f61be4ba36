insert into sink_trouble (sink, since) values (:sink, :now)
on conflict (sink) do nothing
