package io.fitroute.simulator;

/** The current behaviour of the web export; can be changed while the fake runs. */
final class ExportPolicy {

  private volatile BearerExport bearerExport;
  private volatile boolean byOtherHost;

  ExportPolicy(BearerExport bearerExport, boolean byOtherHost) {
    this.bearerExport = bearerExport;
    this.byOtherHost = byOtherHost;
  }

  BearerExport bearerExport() {
    return bearerExport;
  }

  void bearerExport(BearerExport value) {
    bearerExport = value;
  }

  boolean byOtherHost() {
    return byOtherHost;
  }

  void byOtherHost(boolean value) {
    byOtherHost = value;
  }
}
