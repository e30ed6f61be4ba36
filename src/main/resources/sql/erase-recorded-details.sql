-- Erases title and visibility of recordings if the API reported them before a time.
update recording set title = null, visibility = null, details_at = null
where details_at < :before
