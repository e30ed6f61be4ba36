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
 * Tracks which sinks still need an activity's file and when each is tried again. Each sink has its
 * own backoff schedule, so one that is down neither speeds up nor delays the others.
 *
 * <p>A sink that has just failed is not called for other files for a short time, because each call
 * may occupy a worker until it times out.
 */
public final class PendingDeliveries {

  private static final Duration LONGEST_REST = Duration.ofSeconds(30);
  private static final String ADD = SqlText.named("add-pending-delivery");
  private static final String FAILED = "failedSinks";

  private final Ledger ledger;
  private final Deliveries deliveries;
  private final DeliveryIntents deliveryIntents;
  private final KeptExports kept;
  private final BackoffSchedule backoffSchedule;
  private final Clock clock;
  private final Map<String, Rest> resting = new ConcurrentHashMap<>();

  private record Rest(Instant until, String reason) {}

  private record Pending(String sink, int attempts, Instant due, String reason) {}

  /**
   * @param backoffSchedule the delays after failures of a sink
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

  /** Takes the delays from the settings. */
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

  /** Starts an attempt at an event. */
  public void begin(Exchange exchange) {
    exchange.setVariable(FAILED, ConcurrentHashMap.newKeySet());
  }

  /**
   * Those of the variable {@code sinks} to try now. If none is due, the attempt was requested by
   * hand and all are tried.
   *
   * <p>If several sinks still lack the file, it is kept first: after a crash between two of them,
   * another export might provide different content for the rest.
   */
  public List<String> due(
      Exchange exchange, @Variable("event") Event event, @Variable("sinks") String sinks)
      throws IOException {
    List<String> missing = missing(event, sinks);
    if (missing.size() > 1) {
      kept.keep(exchange);
    }
    Map<String, Pending> pending = pending(event);
    Instant now = clock.instant();
    List<String> due =
        missing.stream()
            .filter(sink -> !pending.containsKey(sink) || !pending.get(sink).due().isAfter(now))
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
    add(event, sink, 0, rest.until(), rest.reason());
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

  /** Records that a sink failed, with the exception that was caught. */
  public void failed(
      Exchange exchange, @Variable("event") Event event, @Variable("sink") String sink) {
    String trouble =
        exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class).getMessage();
    int attempts =
        Optional.ofNullable(pending(event).get(sink)).map(Pending::attempts).orElse(0) + 1;
    Instant now = clock.instant();
    Duration wait = backoffSchedule.after(attempts).orElse(Duration.ZERO);
    add(event, sink, 1, now.plus(wait), trouble);
    failed(exchange).add(sink);
    Duration rest = wait.compareTo(LONGEST_REST) < 0 ? wait : LONGEST_REST;
    resting.put(sink, new Rest(now.plus(rest), trouble));
  }

  /** Records that a sink took a file. */
  public void succeeded(@Variable("sink") String sink) {
    resting.remove(sink);
  }

  private void add(Event event, String sink, int attempts, Instant due, String reason) {
    ledger.write(
        jdbc ->
            jdbc.sql(ADD)
                .param("activityId", event.objectId())
                .param("sink", sink)
                .param("attempts", attempts)
                .param("due", due.toEpochMilli())
                .param("reason", reason)
                .update());
  }

  /**
   * Sets the variable {@code verdict}: {@code done}; {@code waits}, with the time in {@code until},
   * if a sink did not take the file or still has a surplus one; {@code dead} if no attempts remain.
   * The variable {@code why} holds the reason.
   */
  public void conclude(
      Exchange exchange, @Variable("event") Event event, @Variable("sinks") String sinks)
      throws IOException {
    Set<String> missing = new LinkedHashSet<>(missing(event, sinks));
    deliveryIntents.unfinished(event).forEach(one -> missing.add(one.delivery().sink()));
    Map<String, Pending> pending = pending(event);
    String why =
        missing.stream()
            .filter(pending::containsKey)
            .map(sink -> pending.get(sink).reason())
            .collect(Collectors.joining("; "));
    Optional<Instant> next =
        missing.stream()
            .map(pending::get)
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
      exchange.setVariable(
          "why", "gave up after " + attempts(pending) + " failed attempts: " + why);
      kept.keep(exchange);
    }
    if (next.isEmpty() && !pending.isEmpty()) {
      forget(event);
    }
  }

  private static int attempts(Map<String, Pending> pending) {
    return pending.values().stream().mapToInt(Pending::attempts).max().orElse(0);
  }

  private void forget(Event event) {
    ledger.write(
        jdbc ->
            jdbc.sql("delete from pending_delivery where activity_id = ?")
                .param(event.objectId())
                .update());
  }

  private Map<String, Pending> pending(Event event) {
    return ledger
        .read()
        .sql("select sink, attempts, due_at, reason from pending_delivery where activity_id = ?")
        .param(event.objectId())
        .query(
            (row, number) ->
                new Pending(
                    row.getString("sink"),
                    row.getInt("attempts"),
                    Instant.ofEpochMilli(row.getLong("due_at")),
                    row.getString("reason")))
        .list()
        .stream()
        .collect(Collectors.toMap(Pending::sink, one -> one));
  }
}
