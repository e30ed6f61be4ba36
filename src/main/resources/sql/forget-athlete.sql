delete from athlete where id = :id
