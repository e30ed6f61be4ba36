package io.fitroute.routes;

import io.fitroute.ledger.Database;

/** Recovery with a ledger in a file. */
final class RecoveryIT extends RecoveryContract {

  RecoveryIT() {
    super(Database.SQLITE);
  }
}
