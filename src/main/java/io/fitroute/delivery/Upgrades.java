package io.fitroute.delivery;

import io.fitroute.export.ExportedFile;
import io.fitroute.export.Exports;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.settings.Settings;
import io.fitroute.sink.Operation;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Which files give way to an original, and where. */
public final class Upgrades {

  /** The origin of events that ask for it. */
  private static final String ORIGIN = "upgrade";

  /** The provenance of files that do. */
  private static final String STREAMS = "streams";

  private static final String UPGRADABLE = SqlText.named("upgradable-activities");

  private final Deliveries deliveries;
  private final List<String> sinks;
  private final List<String> exports;

  /**
   * @param sinks those that are in use
   * @param exports those that are in use
   */
  public Upgrades(Deliveries deliveries, List<String> sinks, List<String> exports) {
    this.deliveries = deliveries;
    this.sinks = List.copyOf(sinks);
    this.exports = List.copyOf(exports);
  }

  /** For the sinks and exports in use. */
  public static Upgrades of(Settings settings, Deliveries deliveries) {
    return new Upgrades(deliveries, settings.list("fit.sinks"), settings.list("fit.exports"));
  }

  /**
   * A file that was written from streams.
   *
   * @param place where it is, such as {@code file:2026/11/123.fit}
   */
  public record Upgradable(String activityId, String athleteId, String place) {}

  /** All such files, the oldest first. */
  public static List<Upgradable> all(Ledger ledger) {
    return ledger
        .read()
        .sql(UPGRADABLE)
        .param("provenance", STREAMS)
        .query(
            (row, number) ->
                new Upgradable(
                    row.getString("activity_id"),
                    row.getString("athlete_id"),
                    row.getString("sink") + ":" + row.getString("path")))
        .list();
  }

  /** The event that asks for one; the same for all files of an activity. */
  public static NewEvent request(Upgradable one, Instant now) {
    return NewEvent.request(
        ORIGIN, Priority.MANUAL, "activity", one.activityId(), one.athleteId(), now);
  }

  /** Whether no file of the event's activity was written from streams. */
  public boolean isNothingToDo(@Variable("event") Event event) {
    return deliveries(event).isEmpty();
  }

  /** The files of the event's activity that were written from streams. */
  public List<Delivery> deliveries(@Variable("event") Event event) {
    return deliveries.of(event.objectId()).stream()
        .filter(one -> one.provenance().equals(STREAMS) && sinks.contains(one.sink()))
        .toList();
  }

  /** Whether Strava gave no original, and Intervals.icu is used and may have one. */
  public boolean isWorthAskingIntervals(Exchange exchange) {
    return exchange.getVariable(Exports.EXPORT) == null && exports.contains("intervals");
  }

  /** Has the exported file take the place of a delivery, the body. */
  public void replace(
      Exchange exchange,
      @Variable("event") Event event,
      @Variable(Exports.EXPORT) ExportedFile export,
      @Body Delivery delivery) {
    Delivery original =
        Delivery.of(delivery.activityId(), delivery.sink(), delivery.path(), export);
    DeliveryIntents.begin(
        exchange, DeliveryIntent.instead(event, Operation.PUT, original, delivery), export.path());
  }
}
