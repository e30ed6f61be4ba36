package io.fitroute.monitoring;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.springframework.dao.DataAccessException;

/** A condition for {@code /health} and {@code /observe/health}. */
public final class ReadinessCheck extends AbstractHealthCheck {

  private final Supplier<Optional<String>> trouble;

  /**
   * @param trouble returns what is wrong; empty if nothing is
   */
  public ReadinessCheck(String name, Supplier<Optional<String>> trouble) {
    super("fitroute", name);
    this.trouble = trouble;
  }

  /** What is wrong; empty if nothing is. */
  public Optional<String> trouble() {
    try {
      return trouble.get();
    } catch (DataAccessException e) {
      return Optional.of("events can be stored, but not processed: the ledger cannot be read");
    }
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    trouble().ifPresentOrElse(why -> builder.message(why).down(), builder::up);
  }
}
