package io.fitroute.delivery;

import io.fitroute.inbox.Event;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.sink.Operation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives each file a path of its own at a sink. The path is reserved in the ledger before the sink
 * is called, which decides between workers and instances at every kind of sink. If the path is
 * taken, in the ledger or at the sink, the next number is tried.
 *
 * <p>An attempt that dies before its delivery is recorded leaves no unknown file: the next attempt
 * asks the sink for it, and records it or has it withdrawn.
 */
public final class DeliveryIntents {

  private static final int AT_ONCE = 100;
  private static final int MOST_NUMBERS = 100 * AT_ONCE;
  private static final String VARIABLE = "delivery_intent";
  private static final String SURPLUS = "surplus";
  private static final String HOLD = SqlText.named("hold-lease");
  private static final String RESERVED = SqlText.named("reserved-paths");
  private static final String RESERVE = SqlText.named("reserve-path");
  private static final String FREE = SqlText.named("free-path");
  private static final String FINISH = SqlText.named("finish-delivery-intent");
  private static final String UNFINISHED = SqlText.named("unfinished-delivery-intents");

  private final Ledger ledger;
  private final BiPredicate<String, Operation> can;
  private final Clock clock;

  /**
   * @param can whether a sink supports an operation; where it cannot find a file, the file is put
   *     again
   */
  public DeliveryIntents(Ledger ledger, BiPredicate<String, Operation> can, Clock clock) {
    this.ledger = ledger;
    this.can = can;
    this.clock = clock;
  }

  /**
   * Starts an intent.
   *
   * @param content the file to put; null if the sink already has it
   */
  static void begin(Exchange exchange, DeliveryIntent deliveryIntent, Path content) {
    exchange.setVariable(VARIABLE, deliveryIntent);
    exchange.setVariable("content", content);
    exchange.setVariable("sink", deliveryIntent.delivery().sink());
    exchange.removeVariable(SinkAnswer.VARIABLE);
  }

  /** Whether the sink has not been called yet, or has a different file at that path. */
  public boolean isOpen(Exchange exchange) {
    SinkAnswer answer = exchange.getVariable(SinkAnswer.VARIABLE, SinkAnswer.class);
    return answer == null || answer.taken();
  }

  /**
   * Reserves the next path and prepares the call to the sink.
   *
   * @throws IllegalStateException if another worker holds the event
   */
  public void reserve(
      Exchange exchange,
      @Variable("event") Event event,
      @Variable(VARIABLE) DeliveryIntent deliveryIntent,
      @Variable("content") Path content) {
    DeliveryIntent reserved =
        ledger.write(
            jdbc -> {
              Recordings.record(jdbc, exchange, deliveryIntent.delivery(), clock.instant());
              return reserve(jdbc, event, deliveryIntent);
            });
    exchange.setVariable(VARIABLE, reserved);
    Message message = address(exchange, reserved.operation(), reserved);
    reserved
        .replaces()
        .ifPresent(
            old -> {
              if (reserved.operation() != Operation.PUT) {
                message.setHeader("file", old.path());
                message.setHeader("to", reserved.delivery().path());
              } else if (old.path().equals(reserved.delivery().path())) {
                message.setHeader("replaces", old.sha256());
              }
            });
    message.setBody(content);
  }

  private DeliveryIntent reserve(JdbcClient jdbc, Event event, DeliveryIntent deliveryIntent) {
    if (jdbc.sql(HOLD).param("id", event.id()).param("lease", event.lease()).update() == 0) {
      throw new IllegalStateException("another worker has taken over");
    }
    if (deliveryIntent.number() > 0) {
      free(jdbc, deliveryIntent.delivery()); // another file is there
    }
    for (int tried = deliveryIntent.number(); tried < MOST_NUMBERS; tried += AT_ONCE) {
      Optional<DeliveryIntent> reserved =
          candidates(jdbc, deliveryIntent, tried).stream()
              .map(deliveryIntent::at)
              .filter(one -> reserve(jdbc, one, one.isRecorded(), clock.instant()))
              .findFirst();
      if (reserved.isPresent()) {
        return reserved.get();
      }
    }
    throw new IllegalStateException(
        "there are already " + MOST_NUMBERS + " files named like " + deliveryIntent.wanted());
  }

  /**
   * The numbers after {@code tried} whose paths are free, starting with one already reserved for
   * the activity.
   */
  private static List<Integer> candidates(
      JdbcClient jdbc, DeliveryIntent deliveryIntent, int tried) {
    List<Integer> numbers = IntStream.rangeClosed(tried + 1, tried + AT_ONCE).boxed().toList();
    Map<String, String> holders = new HashMap<>();
    RowCallbackHandler note =
        row -> holders.put(row.getString("path_key"), row.getString("activity_id"));
    jdbc.sql(RESERVED)
        .param("sink", deliveryIntent.delivery().sink())
        .param(
            "keys",
            numbers.stream().map(deliveryIntent::candidate).map(DeliveryIntent::key).toList())
        .query(note);
    String activity = deliveryIntent.delivery().activityId();
    return numbers.stream()
        .filter(
            number ->
                activity.equals(
                    holders.getOrDefault(
                        DeliveryIntent.key(deliveryIntent.candidate(number)), activity)))
        .sorted(
            (one, other) ->
                Boolean.compare(
                    holders.containsKey(DeliveryIntent.key(deliveryIntent.candidate(other))),
                    holders.containsKey(DeliveryIntent.key(deliveryIntent.candidate(one)))))
        .toList();
  }

  private static boolean reserve(
      JdbcClient jdbc, DeliveryIntent deliveryIntent, boolean unfinished, Instant now) {
    Delivery file = deliveryIntent.delivery();
    return jdbc.sql(RESERVE)
            .param("sink", file.sink())
            .param("key", DeliveryIntent.key(file.path()))
            .param("path", file.path())
            .param("activityId", file.activityId())
            .param("provenance", file.provenance())
            .param("size", file.size())
            .param("sha256", file.sha256())
            .param("replaces", deliveryIntent.replaces().map(Delivery::path).orElse(""))
            .param("eventId", deliveryIntent.eventId())
            .param("unfinished", unfinished ? 1 : 0)
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  /** Reserves the path of an existing file; false if it belongs to another activity. */
  static boolean keep(JdbcClient jdbc, Delivery delivery, long eventId) {
    return reserve(jdbc, settled(delivery, eventId), false, delivery.deliveredAt());
  }

  /** Records that a file is no longer the activity's, until it is withdrawn. */
  static void abandon(JdbcClient jdbc, Delivery delivery, long eventId) {
    reserve(jdbc, settled(delivery, eventId), true, delivery.deliveredAt());
  }

  private static DeliveryIntent settled(Delivery delivery, long eventId) {
    return new DeliveryIntent(
        Operation.PUT, delivery.path(), 1, delivery, Optional.empty(), true, eventId);
  }

  /** Marks an intent as finished, within a transaction. */
  static void finish(JdbcClient jdbc, Delivery file) {
    change(jdbc, FINISH, file);
  }

  /** Frees a path, within a transaction. */
  static void free(JdbcClient jdbc, Delivery file) {
    change(jdbc, FREE, file);
  }

  private static void change(JdbcClient jdbc, String statement, Delivery file) {
    jdbc.sql(statement)
        .param("sink", file.sink())
        .param("key", DeliveryIntent.key(file.path()))
        .param("activityId", file.activityId())
        .update();
  }

  /** What earlier attempts may have left at sinks that can find a file. */
  public List<DeliveryIntent> unfinished(@Variable("event") Event event) {
    if (!event.objectType().equals("activity")) {
      return List.of(); // another event recovers it
    }
    return ledger
        .read()
        .sql(UNFINISHED)
        .param("activityId", event.objectId())
        .query(
            (row, number) -> {
              Delivery file =
                  new Delivery(
                      event.objectId(),
                      row.getString("sink"),
                      row.getString("path"),
                      row.getString("provenance"),
                      row.getLong("size"),
                      row.getString("sha256"),
                      Instant.ofEpochMilli(row.getLong("noted_at")));
              Optional<Delivery> replaces =
                  Optional.of(row.getString("replaces"))
                      .filter(path -> !path.isEmpty())
                      .map(path -> file.at(path, file.deliveredAt()));
              return new DeliveryIntent(
                  Operation.PUT, file.path(), 1, file, replaces, true, row.getLong("event_id"));
            })
        .list()
        .stream()
        .filter(deliveryIntent -> can.test(deliveryIntent.delivery().sink(), Operation.FIND))
        .toList();
  }

  /** Whether an attempt may have left a file that could not be looked for yet. */
  public boolean isUnfinished(@Variable("event") Event event) {
    return !unfinished(event).isEmpty();
  }

  /** The uncertainty as text for a reason. */
  public String doubt(@Variable("event") Event event) {
    return unfinished(event).stream()
        .map(deliveryIntent -> deliveryIntent.delivery().sink())
        .distinct()
        .collect(Collectors.joining(", ", "it is not known yet whether a file of it is at ", ""));
  }

  /** Prepares the call that asks the sink for the intent in the body. */
  public void ask(Exchange exchange, @Body DeliveryIntent deliveryIntent) {
    begin(exchange, deliveryIntent, null);
    address(exchange, Operation.FIND, deliveryIntent);
  }

  private static Message address(
      Exchange exchange, Operation operation, DeliveryIntent deliveryIntent) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setBody(null);
    message.setHeader("operation", operation.word());
    message.setHeader("file", deliveryIntent.delivery().path());
    message.setHeader("temporary", deliveryIntent.temporary());
    message.setHeader("sha256", deliveryIntent.delivery().sha256());
    return message;
  }

  /** Records that the sink does not have the file; its path stays reserved for the next attempt. */
  public void lapse(@Variable(VARIABLE) DeliveryIntent deliveryIntent) {
    ledger.write(
        jdbc -> {
          finish(jdbc, deliveryIntent.delivery());
          return 1;
        });
  }

  /** Whether there is a surplus file at a sink that can withdraw it. */
  public boolean isToBeWithdrawn(Exchange exchange) {
    Delivery surplus = exchange.getVariable(SURPLUS, Delivery.class);
    return surplus != null && can.test(surplus.sink(), Operation.WITHDRAW);
  }

  /** Prepares the call that withdraws the surplus file. */
  public void withdraw(Exchange exchange, @Variable(SURPLUS) Delivery surplus) {
    address(exchange, Operation.WITHDRAW, settled(surplus, 0));
  }

  /** Records that the surplus file is withdrawn. */
  public void free(@Variable(SURPLUS) Delivery surplus) {
    ledger.write(
        jdbc -> {
          free(jdbc, surplus);
          return 1;
        });
  }
}
