package io.fitroute.notice;

/** Whoever listens at {@code notify.url} did not take an announcement. */
public final class NotTold extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotTold(String message) {
    super(message);
  }
}
