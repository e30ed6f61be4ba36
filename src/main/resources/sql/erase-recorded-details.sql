-- Erases what the API said of the title and the visibility of recordings before a time.
update recording set title = null, visibility = null, details_at = null
where details_at < :before
