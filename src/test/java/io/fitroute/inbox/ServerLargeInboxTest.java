package io.fitroute.inbox;

import io.fitroute.ledger.Database;

/** Much that waits in an inbox that lies in a server. */
final class ServerLargeInboxTest extends LargeInboxContract {

  ServerLargeInboxTest() {
    super(Database.POSTGRESQL);
  }
}
