package io.fitroute.simulator;

/**
 * The allowed number of requests.
 *
 * @param quarterHour per quarter of an hour
 * @param day per day
 */
public record RateLimit(int quarterHour, int day) {

  public RateLimit {
    if (quarterHour < 1 || day < 1) {
      throw new IllegalArgumentException(
          "rate limit is " + quarterHour + "," + day + ", allowed is 1 or more for each");
    }
  }

  boolean exceededBy(int inQuarterHour, int inDay) {
    return inQuarterHour > quarterHour || inDay > day;
  }

  String header() {
    return quarterHour + "," + day;
  }
}
