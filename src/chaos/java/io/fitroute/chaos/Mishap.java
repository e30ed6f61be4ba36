package io.fitroute.chaos;

import io.fitroute.ledger.Database;
import java.util.List;

/** A temporary problem of the machine or the database. */
enum Mishap {
  /** A service is stopped as by {@code kill -STOP} and resumed later. */
  FROZEN,

  /** No file of a service can be created or grow. */
  FULL_DISK,

  /** The files of the ledger are deleted and restored after a restart. */
  LEDGER_GONE,

  /** The data folder disappears and returns. */
  DATA_GONE,

  /** The database server is restarted. */
  DATABASE_RESTARTED;

  /** The mishaps that apply to a database. */
  static List<Mishap> of(Database database) {
    return database == Database.SQLITE
        ? List.of(FROZEN, FULL_DISK, LEDGER_GONE, DATA_GONE)
        : List.of(DATABASE_RESTARTED, FROZEN, FULL_DISK, DATA_GONE);
  }
}
