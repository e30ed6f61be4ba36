update athlete set paused = :paused, updated_at = :now where id = :id
