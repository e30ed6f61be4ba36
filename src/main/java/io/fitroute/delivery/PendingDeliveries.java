package io.fitroute.delivery;

import io.fitroute.inbox.BackoffSchedule;
import io.fitroute.inbox.Event;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Variable;

/**
 * Which sinks still have to get an activity's file, and when each is tried again. Each has a ladder
 * of its own, so that one that is down neither hurries nor hinders the others.
 *
 * <p>A sink that has just refused one file is not asked to take others for a moment: each question
 * may keep a worker waiting until it times out.
 */
public final class PendingDeliveries {

  private static final Duration LONGEST_REST = Duration.ofSeconds(30);
  private static final String OWE = SqlText.named("add-pending-delivery");
  private static final String FAILED = "failedSinks";

  private final Ledger ledger;
  private final Deliveries deliveries;
  private final DeliveryIntents deliveryIntents;
  private final KeptExports kept;
  private final BackoffSchedule backoffSchedule;
  private final Clock clock;
  private final Map<String, Rest> resting = new ConcurrentHashMap<>();

  private record Rest(Instant until, String reason) {}

  private record Owed(String sink, int attempts, Instant due, String reason) {}

  /**
   * @param ladder how long to wait after each failure of a sink
   */
  public PendingDeliveries(
      Ledger ledger,
      Deliveries deliveries,
      DeliveryIntents deliveryIntents,
      KeptExports kept,
      BackoffSchedule backoffSchedule,
      Clock clock) {
    this.ledger = ledger;
    this.deliveries = deliveries;
    this.deliveryIntents = deliveryIntents;
    this.kept = kept;
    this.backoffSchedule = backoffSchedule;
    this.clock = clock;
  }

  /** With the delays that are set for sinks that are down. */
  public static PendingDeliveries of(
      Settings settings,
      Ledger ledger,
      Deliveries deliveries,
      DeliveryIntents deliveryIntents,
      KeptExports kept,
      Clock clock) {
    return new PendingDeliveries(
        ledger,
        deliveries,
        deliveryIntents,
        kept,
        new BackoffSchedule(settings.backoffSchedule("retry.sink-down")),
        clock);
  }

  /** Begins an attempt at an event. */
  public void begin(Exchange exchange) {
    exchange.setVariable(FAILED, ConcurrentHashMap.newKeySet());
  }

  /**
   * The sinks, of those that the variable {@code sinks} names, that are to be tried now. If the
   * time of none has come, somebody has asked for it by hand, and all are tried.
   */
  public List<String> due(
      Exchange exchange, @Variable("event") Event event, @Variable("sinks") String sinks) {
    List<String> missing = missing(event, sinks);
    Map<String, Owed> owed = owed(event);
    Instant now = clock.instant();
    List<String> due =
        missing.stream()
            .filter(sink -> !owed.containsKey(sink) || !owed.get(sink).due().isAfter(now))
            .toList();
    Set<String> failed = failed(exchange);
    boolean byHand = due.isEmpty();
    return (byHand ? missing : due)
        .stream()
            .filter(sink -> !failed.contains(sink))
            .filter(sink -> byHand || !isResting(event, sink, now))
            .toList();
  }

  private boolean isResting(Event event, String sink, Instant now) {
    Rest rest = resting.get(sink);
    if (rest == null || !rest.until().isAfter(now)) {
      return false;
    }
    owe(event, sink, 0, rest.until(), rest.reason());
    return true;
  }

  private List<String> missing(Event event, String sinks) {
    Set<String> there =
        deliveries.of(event.objectId()).stream().map(Delivery::sink).collect(Collectors.toSet());
    return Arrays.stream(sinks.split(","))
        .map(String::strip)
        .filter(sink -> !sink.isEmpty() && !there.contains(sink))
        .distinct()
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static Set<String> failed(Exchange exchange) {
    return exchange.getVariable(FAILED, Set.of(), Set.class);
  }

  /** Notes that a sink did not do what was asked of it, by the exception that was caught. */
  public void failed(
      Exchange exchange, @Variable("event") Event event, @Variable("sink") String sink) {
    String trouble =
        exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class).getMessage();
    int attempts = Optional.ofNullable(owed(event).get(sink)).map(Owed::attempts).orElse(0) + 1;
    Instant now = clock.instant();
    Duration wait = backoffSchedule.after(attempts).orElse(Duration.ZERO);
    owe(event, sink, 1, now.plus(wait), trouble);
    failed(exchange).add(sink);
    Duration rest = wait.compareTo(LONGEST_REST) < 0 ? wait : LONGEST_REST;
    resting.put(sink, new Rest(now.plus(rest), trouble));
  }

  /** Notes that a sink has taken a file. */
  public void succeeded(@Variable("sink") String sink) {
    resting.remove(sink);
  }

  private void owe(Event event, String sink, int attempts, Instant due, String reason) {
    ledger.write(
        jdbc ->
            jdbc.sql(OWE)
                .param("activityId", event.objectId())
                .param("sink", sink)
                .param("attempts", attempts)
                .param("due", due.toEpochMilli())
                .param("reason", reason)
                .update());
  }

  /**
   * Says in the variable {@code verdict} how the attempt came out: {@code done}; {@code waits},
   * {@code until} a time, for sinks that did not take the file or still have one too many; {@code
   * dead} when there is none left to try. In the variable {@code why} stands the reason.
   */
  public void conclude(
      Exchange exchange, @Variable("event") Event event, @Variable("sinks") String sinks)
      throws IOException {
    Set<String> missing = new LinkedHashSet<>(missing(event, sinks));
    deliveryIntents.unfinished(event).forEach(one -> missing.add(one.delivery().sink()));
    Map<String, Owed> owed = owed(event);
    String why =
        missing.stream()
            .filter(owed::containsKey)
            .map(sink -> owed.get(sink).reason())
            .collect(Collectors.joining("; "));
    Optional<Instant> next =
        missing.stream()
            .map(owed::get)
            .filter(
                one ->
                    one == null || backoffSchedule.after(Math.max(one.attempts(), 1)).isPresent())
            .map(one -> one == null ? clock.instant() : one.due())
            .min(Instant::compareTo);
    if (missing.isEmpty()) {
      exchange.setVariable("verdict", "done");
      kept.release(event);
    } else if (next.isPresent()) {
      exchange.setVariable("verdict", "waits");
      exchange.setVariable("until", next.get());
      exchange.setVariable("why", why);
      kept.keep(exchange);
    } else {
      exchange.setVariable("verdict", "dead");
      exchange.setVariable("why", "gave up after " + attempts(owed) + " failed attempts: " + why);
      kept.keep(exchange);
    }
    if (next.isEmpty() && !owed.isEmpty()) {
      forget(event);
    }
  }

  private static int attempts(Map<String, Owed> owed) {
    return owed.values().stream().mapToInt(Owed::attempts).max().orElse(0);
  }

  private void forget(Event event) {
    ledger.write(
        jdbc ->
            jdbc.sql("delete from pending_delivery where activity_id = ?")
                .param(event.objectId())
                .update());
  }

  private Map<String, Owed> owed(Event event) {
    return ledger
        .read()
        .sql("select sink, attempts, due_at, reason from pending_delivery where activity_id = ?")
        .param(event.objectId())
        .query(
            (row, number) ->
                new Owed(
                    row.getString("sink"),
                    row.getInt("attempts"),
                    Instant.ofEpochMilli(row.getLong("due_at")),
                    row.getString("reason")))
        .list()
        .stream()
        .collect(Collectors.toMap(Owed::sink, one -> one));
  }
}
