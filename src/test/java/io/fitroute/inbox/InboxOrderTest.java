package io.fitroute.inbox;

import io.fitroute.ledger.Database;

/** The order of events in an inbox in a file. */
final class InboxOrderTest extends InboxOrderContract {

  InboxOrderTest() {
    super(Database.SQLITE);
  }
}
