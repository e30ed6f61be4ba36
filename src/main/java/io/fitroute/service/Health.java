package io.fitroute.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.springframework.dao.DataAccessException;

/** Answers {@code GET /health}: whether events can be accepted and stored. */
public final class Health {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final BooleanSupplier started;
  private final LedgerProbe probe;
  private final Warnings warnings;
  private final Clock clock;

  /**
   * @param started whether all that can be asked for answers by now
   */
  Health(BooleanSupplier started, LedgerProbe probe, Warnings warnings, Clock clock) {
    this.started = started;
    this.probe = probe;
    this.warnings = warnings;
    this.clock = clock;
  }

  /** Answers. */
  public void answer(Exchange exchange) throws JsonProcessingException {
    List<String> notes = new ArrayList<>(warnings.ofSettings());
    boolean isStarted = started.getAsBoolean();
    Optional<String> trouble =
        isStarted
            ? probe.trouble().or(() -> addThoseOfAthletes(notes))
            : Optional.of("the service is starting");
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("status", trouble.isPresent() ? "unhealthy" : "healthy");
    health.put("timestamp", clock.instant().toString());
    health.put("client_initialized", warnings.isApplicationComplete());
    if (trouble.isPresent()) {
      health.put("failed_check", isStarted ? "ledger" : "start");
      notes.add(0, trouble.get());
    }
    health.put("warnings", notes);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, trouble.isPresent() ? 503 : 200);
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setBody(JSON.writeValueAsString(health));
  }

  private Optional<String> addThoseOfAthletes(List<String> notes) {
    try {
      notes.addAll(warnings.ofAthletes());
      notes.addAll(warnings.ofNotices());
      return Optional.empty();
    } catch (DataAccessException e) {
      return Optional.of("events can be stored, but not worked on: the ledger cannot be read");
    }
  }
}
