package io.fitroute.chaos;

/** What must hold after every run. */
enum Promise {
  KEPT("acknowledged events that the ledger does not hold"),
  ENDED("acknowledged events that did not come to an end"),
  DELIVERED("files missing: the activity exists, is wanted, and its event was acknowledged"),
  WHOLE("files partial: not the bytes that the ledger recorded, or recorded and not there"),
  VALID("files that are not valid FIT"),
  ONCE("files doubled: two of one activity, or one that no delivery is recorded for"),
  OWN("files at the path of another activity, or with other bytes at one sink than at the other"),
  TIDY("temporary files left behind"),
  REMOVED("files that are not where on-delete has them after a confirmed delete"),
  WANTED("files of activities that were never wanted"),
  BURIED("requests for activities whose delete was confirmed, though no younger creation was told"),
  WITHIN_LIMIT("API requests beyond a limit: refused with 429, and no fault was armed for that"),
  PATIENT("API requests sent while the budget was used up"),
  CONNECTED("tokens lost, though Strava never revoked them"),
  RUNNING("services that did not start, or did not end as told");

  private final String broken;

  Promise(String broken) {
    this.broken = broken;
  }

  /** What is counted if the promise is broken. */
  String broken() {
    return broken;
  }
}
