-- Records that the last refresh of an athlete's tokens was not completed.
update athlete set renewal_cut = 1
where id in (select athlete_id from token_refresh_lock
             where holder <> :holder and (:athleteId = '' or athlete_id = :athleteId)
               and (:athleteId = '' or until_time <= :now or until_time > :until))
