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
 * is called, which settles who of several workers and instances has it, at every kind of sink;
 * whoever finds it taken, here or there, takes the next number.
 *
 * <p>An attempt that dies before its delivery is recorded leaves no file of which nobody knows: the
 * next one asks the sink for it, and records it or has it withdrawn.
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
   * @param can whether a sink carries out an operation; at one that cannot find a file, it is
   *     simply put again
   */
  public DeliveryIntents(Ledger ledger, BiPredicate<String, Operation> can, Clock clock) {
    this.ledger = ledger;
    this.can = can;
    this.clock = clock;
  }

  /**
   * Begins one.
   *
   * @param content the file that is to be put; null if the sink has it already
   */
  static void begin(Exchange exchange, DeliveryIntent deliveryIntent, Path content) {
    exchange.setVariable(VARIABLE, deliveryIntent);
    exchange.setVariable("content", content);
    exchange.setVariable("sink", deliveryIntent.delivery().sink());
    exchange.removeVariable(SinkAnswer.VARIABLE);
  }

  /** Whether the sink has not been called yet, or has something else at that path. */
  public boolean isOpen(Exchange exchange) {
    SinkAnswer answer = exchange.getVariable(SinkAnswer.VARIABLE, SinkAnswer.class);
    return answer == null || answer.taken();
  }

  /**
   * Reserves the next path, and addresses the sink.
   *
   * @throws IllegalStateException if somebody else works on the event now
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
      free(jdbc, deliveryIntent.delivery()); // somebody else's file is there
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

  /** The numbers behind this one whose paths are free: first the one that is the activity's. */
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

  /** Reserves the path of a file that is there; false if it is another activity's. */
  static boolean keep(JdbcClient jdbc, Delivery delivery, long eventId) {
    return reserve(jdbc, settled(delivery, eventId), false, delivery.deliveredAt());
  }

  /** Notes that a file is at a path that is not the activity's any more, until it is withdrawn. */
  static void abandon(JdbcClient jdbc, Delivery delivery, long eventId) {
    reserve(jdbc, settled(delivery, eventId), true, delivery.deliveredAt());
  }

  private static DeliveryIntent settled(Delivery delivery, long eventId) {
    return new DeliveryIntent(
        Operation.PUT, delivery.path(), 1, delivery, Optional.empty(), true, eventId);
  }

  /** Notes that what was to be done about a path is done, as part of a transaction. */
  static void finish(JdbcClient jdbc, Delivery file) {
    change(jdbc, FINISH, file);
  }

  /** Gives a path back, as part of a transaction. */
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

  /** What attempts at the event's activity may have left at sinks that can be asked for it. */
  public List<DeliveryIntent> unfinished(@Variable("event") Event event) {
    if (!event.objectType().equals("activity")) {
      return List.of(); // another event has that in hand
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

  /** Whether an attempt may have left something that could not be asked for yet. */
  public boolean isUnfinished(@Variable("event") Event event) {
    return !unfinished(event).isEmpty();
  }

  /** What is not known then, for a reason. */
  public String doubt(@Variable("event") Event event) {
    return unfinished(event).stream()
        .map(deliveryIntent -> deliveryIntent.delivery().sink())
        .distinct()
        .collect(Collectors.joining(", ", "it is not known yet whether a file of it is at ", ""));
  }

  /** Addresses the question for one, the body, to its sink. */
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

  /** Notes that the sink does not have the file; its path stays reserved for the next attempt. */
  public void lapse(@Variable(VARIABLE) DeliveryIntent deliveryIntent) {
    ledger.write(
        jdbc -> {
          finish(jdbc, deliveryIntent.delivery());
          return 1;
        });
  }

  /** Whether a file is one too many, at a sink that can take it back. */
  public boolean isToBeWithdrawn(Exchange exchange) {
    Delivery surplus = exchange.getVariable(SURPLUS, Delivery.class);
    return surplus != null && can.test(surplus.sink(), Operation.WITHDRAW);
  }

  /** Addresses the wish that the sink withdraws it. */
  public void withdraw(Exchange exchange, @Variable(SURPLUS) Delivery surplus) {
    address(exchange, Operation.WITHDRAW, settled(surplus, 0));
  }

  /** Notes that it is withdrawn. */
  public void free(@Variable(SURPLUS) Delivery surplus) {
    ledger.write(
        jdbc -> {
          free(jdbc, surplus);
          return 1;
        });
  }
}
