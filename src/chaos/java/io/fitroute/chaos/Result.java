package io.fitroute.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The result of a run.
 *
 * @param seed the seed of the plan
 * @param told the number of different bodies posted
 * @param acknowledged the number of them answered with 200
 * @param kills the number of kills
 * @param mishaps the number of other mishaps
 * @param struck the number of requests struck by a fault
 * @param windows the number of quarter-hour windows that ended
 * @param requests the number of requests to the API
 * @param ends the number of events in the ledger by state
 * @param files the number of delivered files
 * @param confirmedDeletes the number of deletions that ended as done
 * @param refreshesCut the number of athletes who had to reconnect because a kill interrupted a
 *     refresh
 * @param took the duration of the run
 * @param stories the broken promises as text, with the logs of their activities
 * @param violations the broken promises
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

  /** The result in one line. */
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
