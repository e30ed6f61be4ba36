package io.fitroute.simulator;

/** How the web export behaves at the moment; changeable while the fake runs. */
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
