package io.fitroute.runtime;

/** The service cannot start; the message says why, and what to do, in one line. */
public final class CannotStart extends RuntimeException {

  private final boolean bySetting;

  /** A setting does not allow it. */
  CannotStart(String message) {
    this(message, true, null);
  }

  /** A setting does not allow it. */
  CannotStart(String message, Throwable cause) {
    this(message, true, cause);
  }

  /**
   * @param bySetting whether another setting is what helps
   */
  CannotStart(String message, boolean bySetting, Throwable cause) {
    super(message, cause);
    this.bySetting = bySetting;
  }

  /** Whether another setting is what helps, and not another state of this machine. */
  public boolean isBySetting() {
    return bySetting;
  }
}
