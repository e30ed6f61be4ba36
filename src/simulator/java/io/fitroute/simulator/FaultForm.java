package io.fitroute.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Reads a fault and its conditions from JSON. */
final class FaultForm {

  private static final int DEFAULT_BYTES = 1_000;
  private static final long DEFAULT_MILLIS = 1_000;

  private FaultForm() {}

  /**
   * Reads a rule.
   *
   * @throws IllegalArgumentException for an unknown fault or an invalid value
   */
  static FaultRule read(ObjectNode given) {
    FaultRule rule =
        FaultRule.on(given.path("path").asText("/**"), fault(given))
            .onlyMethod(given.path("method").asText("*"))
            .onlyTimes(given.path("times").asInt(Integer.MAX_VALUE))
            .withProbability(given.path("probability").asDouble(1));
    return given.has("seconds")
        ? rule.onlyFor(Duration.ofMillis((long) (given.path("seconds").asDouble() * 1000)))
        : rule;
  }

  private static Fault fault(ObjectNode given) {
    String name = given.path("fault").asText();
    return switch (name) {
      case "status" -> Fault.status(given.path("status").asInt(500), given.path("body").asText());
      case "delay" ->
          new Fault.Delay(Duration.ofMillis(given.path("millis").asLong(DEFAULT_MILLIS)));
      case "drop" -> new Fault.Drop();
      case "cut" -> new Fault.CutBody(given.path("bytes").asInt(DEFAULT_BYTES));
      case "drip" ->
          new Fault.Drip(
              given.path("bytes").asInt(DEFAULT_BYTES),
              Duration.ofMillis(given.path("millis").asLong(DEFAULT_MILLIS)));
      case "wrong-length" -> new Fault.WrongLength(given.path("bytes").asInt(DEFAULT_BYTES));
      case "headers" -> new Fault.Headers(headers(given));
      case "html" -> Fault.htmlPage();
      case "login" -> Fault.loginRedirect();
      case "not-found" -> Fault.notFound();
      case "empty-streams" -> Fault.emptyStreams();
      case "rate-limited" -> Fault.rateLimited();
      case "inactive" -> Fault.inactive();
      case "error" -> Fault.permanentError();
      case "garbage-gzip" -> Fault.garbageGzip();
      case "gzip-bomb" -> new Fault.GzipBomb(given.path("bytes").asLong(1L << 30));
      default -> throw new IllegalArgumentException("there is no fault named \"" + name + "\"");
    };
  }

  private static Map<String, String> headers(ObjectNode given) {
    Map<String, String> headers = new HashMap<>();
    given.path("headers").properties().forEach(e -> headers.put(e.getKey(), e.getValue().asText()));
    return headers;
  }
}
