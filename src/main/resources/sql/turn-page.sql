-- Records the progress of a batch and the counts of a page.
update batch set before_time = :before, boundary = :boundary, pages = pages + 1, listed = listed + :listed, fresh = fresh + :fresh,
  known = known + :known, left_out = :leftOut, listed_at = :listedAt
where id = :batch and pages = :pages and listed_at is null
