package io.fitroute.runtime;

/** The service cannot start. The message says why and what to do, in one line. */
public final class CannotStart extends RuntimeException {

  private final boolean bySetting;

  /** A setting prevents the start. */
  CannotStart(String message) {
    this(message, true, null);
  }

  /** A setting prevents the start. */
  CannotStart(String message, Throwable cause) {
    this(message, true, cause);
  }

  /**
   * @param bySetting whether a setting has to be changed
   */
  CannotStart(String message, boolean bySetting, Throwable cause) {
    super(message, cause);
    this.bySetting = bySetting;
  }

  /** Whether a setting has to be changed, as opposed to the state of this machine. */
  public boolean isBySetting() {
    return bySetting;
  }
}
