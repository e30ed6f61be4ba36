package io.fitroute.inbox;

import java.time.Instant;

/** The outcome of an attempt at an event. Every reason is a sentence a person understands. */
public sealed interface Outcome {

  String reason();

  /** The event has ended. */
  record Settled(EventState state, String reason) implements Outcome {}

  /**
   * The object has been announced but is not available yet: retry on the schedule for objects not
   * ready.
   */
  record NotReady(String reason) implements Outcome {}

  /** A failure that may pass: retry after a growing delay. */
  record Failed(String reason) implements Outcome {}

  /** A sink did not take the file: retry on the schedule for sinks. */
  record SinkDown(String reason) implements Outcome {}

  /** Nothing can be done before the given time; does not count as an attempt. */
  record Deferred(Instant until, String reason) implements Outcome {}
}
