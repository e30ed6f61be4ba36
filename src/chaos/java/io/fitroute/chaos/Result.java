package io.fitroute.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a run came out.
 *
 * @param seed what the run was made of
 * @param told how many different bodies Strava posted
 * @param acknowledged how many of them were answered with 200
 * @param kills how often a service was killed
 * @param mishaps how often something else befell them
 * @param struck how many requests were struck by a fault
 * @param windows how many quarter hours ended
 * @param requests how many requests the API got
 * @param ends how many events the ledger holds, by state
 * @param files how many files were delivered
 * @param confirmedDeletes how many deletes ended done rather than skipped
 * @param refreshesCut how many athletes had to reconnect because a refresh was cut by a kill
 * @param took how long the run took
 * @param stories the broken promises in words, with the stories of their activities
 * @param violations the promises that were broken
 */
record Result(
    long seed,
    long told,
    long acknowledged,
    int kills,
    int mishaps,
    int struck,
    int windows,
    long requests,
    Map<String, Long> ends,
    int files,
    long confirmedDeletes,
    int refreshesCut,
    Duration took,
    List<String> eventLogs,
    List<Violation> violations) {

  /** One line. */
  @Override
  public String toString() {
    return ("seed %d: %d told, %d acknowledged; %d kills, %d mishaps, %d requests struck by faults,"
            + " %d quarter hours; %d API requests; %s, %d deletes confirmed; %d files;"
            + " %d refreshes cut; %.1f s; %s")
        .formatted(
            seed,
            told,
            acknowledged,
            kills,
            mishaps,
            struck,
            windows,
            requests,
            ends,
            confirmedDeletes,
            files,
            refreshesCut,
            took.toMillis() / 1000.0,
            violations.isEmpty() ? "all promises held" : violations.size() + " VIOLATIONS");
  }
}
