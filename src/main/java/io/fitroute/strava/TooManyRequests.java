package io.fitroute.strava;

/** One address has asked more often than is let pass. */
public final class TooManyRequests extends RuntimeException {

  TooManyRequests(int perMinute) {
    super("more than " + perMinute + " requests within a minute from one address");
  }
}
