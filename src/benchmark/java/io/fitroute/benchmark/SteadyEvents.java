package io.fitroute.benchmark;

/**
 * Events, each another one, that go round some activities: the first about an activity leads to
 * work, later ones are looked at once it is delivered.
 *
 * @param firstTime the event time of the first, in seconds since 1970
 * @param firstActivity the lowest activity id
 * @param activities how many there are
 * @param athlete whose they are
 * @param subscription through which they are told
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
