-- Returns the key in use and prevents its rotation until this transaction ends.
update data_key set one = 1 returning key_id
