package io.fitroute.inbox;

import java.time.Instant;

/** How an attempt at an event came out. Every reason is a sentence that a person understands. */
public sealed interface Outcome {

  String reason();

  /** The event has its end. */
  record Settled(EventState state, String reason) implements Outcome {}

  /** Its object is announced, but not yet to be had: try again, on a ladder of its own. */
  record NotReady(String reason) implements Outcome {}

  /** Something went wrong that may pass: try again after a growing delay. */
  record Failed(String reason) implements Outcome {}

  /** A sink did not take the file: try again, on a ladder of its own. */
  record SinkDown(String reason) implements Outcome {}

  /** Nothing can be done until something is repaired or a time has come; uses up no attempt. */
  record Deferred(Instant until, String reason) implements Outcome {}
}
