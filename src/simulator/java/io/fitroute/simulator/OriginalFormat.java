package io.fitroute.simulator;

/** The format that the device uploaded and {@code export_original} returns. */
public enum OriginalFormat {
  FIT("fit"),
  TCX("tcx"),
  GPX("gpx"),
  /** A recording of Strava's phone application. */
  JSON("json"),
  /** Nothing was uploaded. */
  NONE("");

  private final String extension;

  OriginalFormat(String extension) {
    this.extension = extension;
  }

  /** The file name extension without a dot; empty for {@link #NONE}. */
  public String extension() {
    return extension;
  }
}
