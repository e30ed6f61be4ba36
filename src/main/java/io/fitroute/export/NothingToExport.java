package io.fitroute.export;

/** The activity has nothing of which a FIT file could be had. */
public final class NothingToExport extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NothingToExport(String reason) {
    super(reason);
  }
}
