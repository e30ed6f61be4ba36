-- Raises a notice or changes its text; an identical one changes nothing.
insert into notice (subject, summary, detail, since) values (:subject, :summary, :detail, :now)
on conflict (subject) do update set summary = excluded.summary, detail = excluded.detail
where notice.summary <> excluded.summary or notice.detail <> excluded.detail
