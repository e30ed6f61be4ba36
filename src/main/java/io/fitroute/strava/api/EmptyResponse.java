package io.fitroute.strava.api;

/**
 * Strava has answered 200 and nothing else: it does so while it still processes an activity. Unlike
 * a 404 it does not say that the activity is not there.
 */
public final class EmptyResponse extends RuntimeException {

  EmptyResponse() {
    super("Strava's response is empty");
  }
}
