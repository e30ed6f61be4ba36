package io.fitroute.routes;

import io.fitroute.ledger.Database;

/** Recovery with a ledger on a server. */
final class ServerRecoveryIT extends RecoveryContract {

  ServerRecoveryIT() {
    super(Database.POSTGRESQL);
  }
}
