package io.fitroute.benchmark;

/**
 * Distinct events for a set of activities in turn: the first event of an activity leads to work,
 * later ones find it delivered.
 *
 * @param firstTime the event time of the first, in seconds since 1970
 * @param firstActivity the lowest activity id
 * @param activities the number of activities
 * @param athlete their athlete
 * @param subscription the subscription of the events
 */
record SteadyEvents(
    long firstTime, long firstActivity, int activities, long athlete, long subscription) {

  private static final String BODY =
      "{\"aspect_type\":\"create\",\"event_time\":%d,\"object_id\":%d,\"object_type\":\"activity\","
          + "\"owner_id\":%d,\"subscription_id\":%d,\"updates\":{}}";

  String body(int number) {
    return BODY.formatted(
        firstTime + number / activities,
        firstActivity + number % activities,
        athlete,
        subscription);
  }
}
