package io.fitroute.delivery;

import io.fitroute.export.ExportFolder;
import io.fitroute.export.ExportedFile;
import io.fitroute.export.Exports;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.sink.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Files that a sink gets from where they already are. */
public final class Resends {

  /** The origin of events that ask for it; what is updated is the {@code sink}. */
  public static final String ORIGIN = "resend";

  private static final String SINK = "sink";
  private static final String TRIED = "sourcesTried";
  private static final String RESENDABLE = SqlText.named("resendable-activities");

  private final Deliveries deliveries;
  private final BiPredicate<String, Operation> can;
  private final ExportFolder exports;

  /**
   * @param can whether a sink carries out an operation
   */
  public Resends(Deliveries deliveries, BiPredicate<String, Operation> can, ExportFolder exports) {
    this.deliveries = deliveries;
    this.can = can;
    this.exports = exports;
  }

  /**
   * A file that is at another sink.
   *
   * @param place where it is, such as {@code file:2026/11/123.fit}
   * @param recorded whether the ledger says that the sink has it too
   */
  public record Resendable(String activityId, String athleteId, String place, boolean recorded) {}

  /**
   * What a sink could get, the oldest first.
   *
   * @param since activities that began before are left out
   */
  public static List<Resendable> all(Ledger ledger, String sink, Instant since) {
    return ledger
        .read()
        .sql(RESENDABLE)
        .param("sink", sink)
        .param("since", since.toEpochMilli())
        .query(
            (row, number) ->
                new Resendable(
                    row.getString("activity_id"),
                    row.getString("athlete_id"),
                    row.getString("sink") + ":" + row.getString("path"),
                    row.getInt("recorded") > 0))
        .list();
  }

  /** The event that asks for one. */
  public static NewEvent request(Resendable one, String sink, Instant now) {
    return new NewEvent(
        ORIGIN,
        Priority.HISTORY,
        0,
        "activity",
        one.activityId(),
        "create",
        one.athleteId(),
        now,
        new TreeMap<>(Map.of(SINK, sink)));
  }

  /**
   * Sets the variable {@code sink} to the one that is to get the file; and if the ledger says that
   * it has it, asks for that.
   */
  public void begin(Exchange exchange, @Variable("event") Event event) {
    exchange.setVariable(SINK, target(event));
    exchange.getMessage().removeHeaders("*");
    recorded(event)
        .ifPresent(
            delivery -> {
              exchange.getMessage().setHeader("operation", Operation.STAT.word());
              exchange.getMessage().setHeader("file", delivery.path());
            });
  }

  private static String target(Event event) {
    return event.updates().getOrDefault(SINK, "");
  }

  private Optional<Delivery> recorded(Event event) {
    return deliveries.of(event.objectId()).stream()
        .filter(delivery -> delivery.sink().equals(target(event)))
        .findFirst();
  }

  /** Whether the sink has to be asked if it really has what the ledger says. */
  public boolean isToBeLookedFor(@Variable("event") Event event) {
    return recorded(event).isPresent() && can.test(target(event), Operation.STAT);
  }

  /** Whether the sink has what the ledger says, by its answer; some do not tell the size. */
  public boolean isThere(Exchange exchange, @Variable("event") Event event) {
    SinkAnswer answer = exchange.getVariable(SinkAnswer.VARIABLE, SinkAnswer.class);
    return recorded(event)
        .filter(known -> answer == null || answer.size().orElse(known.size()) == known.size())
        .isPresent();
  }

  /** Whether there is another source to try, and a need to. */
  public boolean goesOn(Exchange exchange, @Variable("event") Event event) {
    return exchange.getVariable(Exports.EXPORT) == null
        && exchange.getVariable(TRIED, 0, Integer.class) < sources(event).size();
  }

  /** Addresses the wish for the file to the next source. */
  public void choose(Exchange exchange, @Variable("event") Event event) {
    int tried = exchange.getVariable(TRIED, 0, Integer.class);
    Delivery source = sources(event).get(tried);
    exchange.setVariable(TRIED, tried + 1);
    exchange.setVariable("source", source);
    exchange.setVariable(SINK, source.sink());
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader("operation", Operation.GET.word());
    exchange.getMessage().setHeader("file", source.path());
  }

  private List<Delivery> sources(Event event) {
    return deliveries.of(event.objectId()).stream()
        .filter(
            delivery ->
                !delivery.sink().equals(target(event)) && can.test(delivery.sink(), Operation.GET))
        .sorted(Comparator.comparing(delivery -> !delivery.sink().equals("file")))
        .toList();
  }

  /**
   * Leaves in the variables {@code export} and {@code place} what a source has given, if it is what
   * it got.
   *
   * @throws IOException if it is another file by now
   */
  public void take(
      Exchange exchange, @Variable("source") Delivery source, @Body InputStream content)
      throws IOException {
    exports.removeAtEnd(exchange, ORIGIN);
    Path file = exports.place(exchange, ORIGIN);
    try (content) {
      Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }
    ExportedFile export = ExportedFile.measured(file, source.provenance());
    if (!export.sha256().equals(source.sha256())) {
      throw new IOException("it is not the file that was delivered there");
    }
    exchange.setVariable(Exports.EXPORT, export);
    exchange.setVariable("place", source.path());
  }

  /** Forgets that the sink of the wish had the file, as it does not, and turns to it again. */
  public void forget(Exchange exchange, @Variable("event") Event event) {
    exchange.setVariable(SINK, target(event));
    recorded(event).ifPresent(deliveries::forget);
  }
}
