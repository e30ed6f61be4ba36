package io.fitroute.export;

/** The activity has nothing of which a FIT file could be had. */
public final class NothingToExport extends RuntimeException {

  public NothingToExport(String reason) {
    super(reason);
  }
}
