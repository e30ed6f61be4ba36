package io.fitroute.chaos;

import io.fitroute.ledger.Database;

/**
 * How large a run is.
 *
 * @param events how many events are told, repeats included
 * @param processes how many services share the ledger
 * @param apiLimit how many reads Strava grants in a quarter of an hour
 * @param database where the ledger is; on a server, each service has a data folder of its own
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
