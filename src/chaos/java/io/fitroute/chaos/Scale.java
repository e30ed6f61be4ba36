package io.fitroute.chaos;

import io.fitroute.ledger.Database;

/**
 * The size of a run.
 *
 * @param events the number of events sent, including repeats
 * @param processes the number of services that share the ledger
 * @param apiLimit the number of reads allowed per quarter of an hour
 * @param database the database of the ledger; on a server, each service has its own data folder
 */
record Scale(int events, int processes, int apiLimit, Database database) {

  Scale {
    require(events >= 1 && events <= 100_000, "events is " + events + ", allowed is 1 to 100000");
    require(processes == 1 || processes == 2, "processes is " + processes + ", allowed is 1 and 2");
    require(apiLimit >= 1, "the API limit is " + apiLimit + ", allowed is 1 or more");
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
