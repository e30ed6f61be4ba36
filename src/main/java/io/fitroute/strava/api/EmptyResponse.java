package io.fitroute.strava.api;

/**
 * Strava responded with 200 and an empty body, as it does while it processes an activity. Unlike a
 * 404 this does not mean that the activity does not exist.
 */
public final class EmptyResponse extends RuntimeException {

  EmptyResponse() {
    super("Strava's response is empty");
  }
}
