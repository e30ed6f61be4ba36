insert into budget (family, short_limit, short_usage, day_limit, day_usage, seen_at, limits_at)
values (?, ?, ?, ?, ?, ?, ?)
on conflict (family) do update set
  short_limit = excluded.short_limit, short_usage = excluded.short_usage,
  day_limit = excluded.day_limit, day_usage = excluded.day_usage,
  seen_at = excluded.seen_at, limits_at = excluded.limits_at
