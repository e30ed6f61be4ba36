package io.fitroute.inbox;

import io.fitroute.ledger.Database;

/** Much that waits in an inbox that lies in a file. */
final class LargeInboxTest extends LargeInboxContract {

  LargeInboxTest() {
    super(Database.SQLITE);
  }
}
