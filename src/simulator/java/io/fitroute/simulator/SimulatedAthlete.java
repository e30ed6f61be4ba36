package io.fitroute.simulator;

/**
 * An athlete of the fake Strava.
 *
 * @param id the athlete's id, positive
 * @param username the login name
 * @param firstname any text
 * @param lastname any text
 * @param city any text
 */
public record SimulatedAthlete(
    long id, String username, String firstname, String lastname, String city) {

  public SimulatedAthlete {
    if (id <= 0) {
      throw new IllegalArgumentException("athlete id is " + id + ", allowed is 1 or more");
    }
  }

  /** An athlete with this name and an invented user name and city. */
  public static SimulatedAthlete named(long id, String firstname, String lastname) {
    return new SimulatedAthlete(id, "athlete_" + id, firstname, lastname, "Ghent");
  }
}
