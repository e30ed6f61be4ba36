package io.fitroute.notice;

/** Whoever listens at {@code notify.url} did not take an announcement. */
public final class NotTold extends RuntimeException {

  NotTold(String message) {
    super(message);
  }
}
