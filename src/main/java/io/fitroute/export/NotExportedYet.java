package io.fitroute.export;

/** No export has the activity; if it is fresh, one may have it soon. */
public final class NotExportedYet extends RuntimeException {

  public NotExportedYet(String reason) {
    super(reason);
  }
}
