package io.fitroute.service;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** What {@code GET /observe/health} says of the ledger. */
final class LedgerCheck extends AbstractHealthCheck {

  private final LedgerProbe probe;

  LedgerCheck(LedgerProbe probe) {
    super("fitroute", "ledger");
    this.probe = probe;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    probe.trouble().ifPresentOrElse(trouble -> builder.message(trouble).down(), () -> builder.up());
  }
}
