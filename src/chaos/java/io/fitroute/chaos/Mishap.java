package io.fitroute.chaos;

import io.fitroute.ledger.Database;
import java.util.List;

/** What befalls the machine or the services' database, for a short while. */
enum Mishap {
  /** A service is stopped as {@code kill -STOP} does, and goes on later. */
  FROZEN,

  /** No file of a service can grow, nor can a new one. */
  FULL_DISK,

  /** The files of the ledger are deleted; what they were is there again after a restart. */
  LEDGER_GONE,

  /** The whole data folder is gone, and comes back. */
  DATA_GONE,

  /** The database's server is restarted. */
  DATABASE_RESTARTED;

  /** Those that can befall a ledger there. */
  static List<Mishap> of(Database database) {
    return database == Database.SQLITE
        ? List.of(FROZEN, FULL_DISK, LEDGER_GONE, DATA_GONE)
        : List.of(DATABASE_RESTARTED, FROZEN, FULL_DISK, DATA_GONE);
  }
}
