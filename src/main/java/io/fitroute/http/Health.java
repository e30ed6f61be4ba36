package io.fitroute.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.monitoring.ReadinessCheck;
import io.fitroute.monitoring.Warnings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/**
 * Responds to {@code GET /health}: whether events can be stored, and whether work on them moves.
 */
public final class Health {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<ReadinessCheck> checks;
  private final Warnings warnings;
  private final Clock clock;

  /**
   * @param checks the checks, most important first
   */
  public Health(List<ReadinessCheck> checks, Warnings warnings, Clock clock) {
    this.checks = checks;
    this.warnings = warnings;
    this.clock = clock;
  }

  /** Sends the response. */
  public void answer(Exchange exchange) throws JsonProcessingException {
    List<String> notes = new ArrayList<>(warnings.ofSettings());
    ReadinessCheck reading = new ReadinessCheck("ledger", () -> addThoseOfLedger(notes));
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("status", "healthy");
    health.put("timestamp", clock.instant().toString());
    health.put("client_initialized", warnings.isApplicationComplete());
    Optional<String> trouble =
        Stream.concat(checks.stream(), Stream.of(reading))
            .flatMap(
                check -> {
                  Optional<String> wrong = check.trouble();
                  wrong.ifPresent(why -> health.put("failed_check", check.getId()));
                  return wrong.stream();
                })
            .findFirst();
    if (trouble.isPresent()) {
      health.replace("status", "unhealthy");
      notes.add(0, trouble.get());
    }
    health.put("warnings", notes);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, trouble.isPresent() ? 503 : 200);
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setBody(JSON.writeValueAsString(health));
  }

  private Optional<String> addThoseOfLedger(List<String> notes) {
    notes.addAll(warnings.ofAthletes());
    notes.addAll(warnings.ofNotices());
    return Optional.empty();
  }
}
