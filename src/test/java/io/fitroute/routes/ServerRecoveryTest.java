package io.fitroute.routes;

import io.fitroute.ledger.Database;

/** Recovery with a ledger in a server. */
final class ServerRecoveryTest extends RecoveryContract {

  ServerRecoveryTest() {
    super(Database.POSTGRESQL);
  }
}
