package io.fitroute.inbox;

import io.fitroute.ledger.Database;

/** Many waiting events in an inbox in a file. */
final class LargeInboxTest extends LargeInboxContract {

  LargeInboxTest() {
    super(Database.SQLITE);
  }
}
