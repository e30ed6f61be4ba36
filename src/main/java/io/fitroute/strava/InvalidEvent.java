package io.fitroute.strava;

/** A webhook body that is not an event; the message says what was found and what is allowed. */
public final class InvalidEvent extends RuntimeException {

  private final String field;

  InvalidEvent(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The field that is wrong; empty when it is the body as a whole. */
  public String getField() {
    return field;
  }
}
