-- Notes that an activity to which an import was about to add a file has one that was imported before.
update import_entry set state = 'known', reason = 'its file was imported before' where event_id = ?
