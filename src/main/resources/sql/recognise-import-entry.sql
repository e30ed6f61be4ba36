-- Records that the activity of an import entry already has a file from an earlier import.
update import_entry set state = 'known', reason = 'its file was imported before' where event_id = ?
