-- Notes how far a batch has read the list of activities, and what the page held.
update batch set before_time = :before, boundary = :boundary, pages = pages + 1, listed = listed + :listed, fresh = fresh + :fresh,
  known = known + :known, left_out = :leftOut, listed_at = :listedAt
where id = :batch and pages = :pages and listed_at is null
