-- Names the key in use, and holds off its rotation until this transaction ends.
update data_key set one = 1 returning key_id
