-- Puts a notice in force, or gives the one in force another wording; nothing changes if it is the same.
insert into notice (subject, summary, detail, since) values (:subject, :summary, :detail, :now)
on conflict (subject) do update set summary = excluded.summary, detail = excluded.detail
where notice.summary <> excluded.summary or notice.detail <> excluded.detail
