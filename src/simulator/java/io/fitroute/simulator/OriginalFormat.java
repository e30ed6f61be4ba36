package io.fitroute.simulator;

/** What the athlete's device uploaded, and so what {@code export_original} gives back. */
public enum OriginalFormat {
  FIT("fit"),
  TCX("tcx"),
  GPX("gpx"),
  /** A recording of Strava's own phone application. */
  JSON("json"),
  /** Nothing was uploaded. */
  NONE("");

  private final String extension;

  OriginalFormat(String extension) {
    this.extension = extension;
  }

  /** The file name's ending without a dot; empty for {@link #NONE}. */
  public String extension() {
    return extension;
  }
}
