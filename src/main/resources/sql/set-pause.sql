insert into pause (subject, until_time, reason) values (?, ?, ?)
on conflict (subject) do update set until_time = excluded.until_time, reason = excluded.reason
