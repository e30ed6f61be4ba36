package io.fitroute.routes;

import io.fitroute.ledger.Database;

/** Recovery with a ledger in a file. */
final class RecoveryTest extends RecoveryContract {

  RecoveryTest() {
    super(Database.SQLITE);
  }
}
