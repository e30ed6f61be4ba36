package io.fitroute.inbox;

import io.fitroute.ledger.Database;

/** The order in an inbox that lies in a server. */
final class ServerInboxOrderTest extends InboxOrderContract {

  ServerInboxOrderTest() {
    super(Database.POSTGRESQL);
  }
}
