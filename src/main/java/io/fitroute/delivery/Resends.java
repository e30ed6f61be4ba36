package io.fitroute.delivery;

import io.fitroute.export.ExportFolder;
import io.fitroute.export.ExportedFile;
import io.fitroute.export.Exports;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.Lane;
import io.fitroute.inbox.NewEvent;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Files that a sink gets from where they already are. */
public final class Resends {

  /** The origin of events that ask for it; what is updated is the {@code sink}. */
  public static final String ORIGIN = "resend";

  private static final String SINK = "sink";
  private static final String TRIED = "sourcesTried";
  private static final String RESENDABLE = SqlText.named("resendable-activities");

  private final Deliveries deliveries;
  private final Predicate<String> canFetch;
  private final Predicate<String> canLook;
  private final ExportFolder exports;

  /**
   * @param canFetch whether a file can be had back from a sink
   * @param canLook whether a sink tells what it has
   */
  public Resends(
      Deliveries deliveries,
      Predicate<String> canFetch,
      Predicate<String> canLook,
      ExportFolder exports) {
    this.deliveries = deliveries;
    this.canFetch = canFetch;
    this.canLook = canLook;
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
        Lane.HISTORY,
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
   * it has it, {@code delivery} and the header {@code file} to what and where.
   */
  public void begin(Exchange exchange, @Variable("event") Event event) {
    String sink = event.updates().getOrDefault(SINK, "");
    exchange.setVariable(SINK, sink);
    exchange.getMessage().removeHeaders("*");
    recorded(event, sink)
        .ifPresent(
            delivery -> {
              exchange.setVariable("delivery", delivery);
              exchange.getMessage().setHeader("file", delivery.path());
            });
  }

  private Optional<Delivery> recorded(Event event, String sink) {
    return deliveries.of(event.objectId()).stream()
        .filter(delivery -> delivery.sink().equals(sink))
        .findFirst();
  }

  /** Whether the sink has to be asked if it really has what the ledger says. */
  public boolean isToBeLookedFor(@Variable("event") Event event, @Variable("sink") String sink) {
    return recorded(event, sink).isPresent() && canLook.test(sink);
  }

  /** Whether the sink has what the ledger says, by the header {@code size} that it has set. */
  public boolean isThere(Exchange exchange, @Variable("event") Event event) {
    String sink = exchange.getVariable(SINK, String.class);
    Optional<Delivery> delivery = recorded(event, sink);
    return delivery.isPresent() && (!canLook.test(sink) || isAsRecorded(exchange, delivery.get()));
  }

  /** A sink that has the file and does not tell its size sets no header. */
  private static boolean isAsRecorded(Exchange exchange, Delivery delivery) {
    return delivery.size() == exchange.getMessage().getHeader("size", delivery.size(), Long.class);
  }

  /** Whether there is another source to try, and a need to. */
  public boolean goesOn(Exchange exchange) {
    return exchange.getVariable(Exports.EXPORT) == null
        && exchange.getVariable(TRIED, 0, Integer.class) < sources(exchange).size();
  }

  /** Addresses the wish for the file to the next source. */
  public void choose(Exchange exchange) {
    int tried = exchange.getVariable(TRIED, 0, Integer.class);
    Delivery source = sources(exchange).get(tried);
    exchange.setVariable(TRIED, tried + 1);
    exchange.setVariable("source", source);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader("file", source.path());
    exchange.getMessage().setHeader("into", exports.place(exchange, ORIGIN));
  }

  private List<Delivery> sources(Exchange exchange) {
    String sink = exchange.getVariable(SINK, String.class);
    return deliveries.of(exchange.getVariable("event", Event.class).objectId()).stream()
        .filter(delivery -> !delivery.sink().equals(sink) && canFetch.test(delivery.sink()))
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
      Exchange exchange, @Variable("source") Delivery source, @Header("into") Path file)
      throws IOException {
    ExportedFile export = ExportedFile.measured(file, source.provenance());
    if (!export.sha256().equals(source.sha256())) {
      throw new IOException("it is not the file that was delivered there");
    }
    exchange.setVariable(Exports.EXPORT, export);
    exchange.setVariable("place", source.path());
  }

  /** Forgets that the sink had the file, as it does not. */
  public void forget(@Variable("event") Event event, @Variable("sink") String sink) {
    recorded(event, sink).ifPresent(deliveries::forget);
  }
}
