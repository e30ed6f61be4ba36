package io.fitroute.inbox;

import io.fitroute.ledger.Database;

/** The order in an inbox that lies in a file. */
final class InboxOrderTest extends InboxOrderContract {

  InboxOrderTest() {
    super(Database.SQLITE);
  }
}
