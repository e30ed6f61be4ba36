package io.fitroute.inbox;

import io.fitroute.ledger.Database;

/** The order of events in an inbox on a server. */
final class ServerInboxOrderTest extends InboxOrderContract {

  ServerInboxOrderTest() {
    super(Database.POSTGRESQL);
  }
}
