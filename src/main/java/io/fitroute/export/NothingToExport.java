package io.fitroute.export;

/** The activity has no data from which a FIT file could be created. */
public final class NothingToExport extends RuntimeException {

  public NothingToExport(String reason) {
    super(reason);
  }
}
