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

/** Finds files to be replaced by an original. */
public final class Upgrades {

  /** The origin of upgrade events. */
  private static final String ORIGIN = "upgrade";

  /** The provenance of files that can be upgraded. */
  private static final String STREAMS = "streams";

  private static final String UPGRADABLE = SqlText.named("upgradable-activities");

  private final Deliveries deliveries;
  private final List<String> sinks;
  private final List<String> exports;

  /**
   * @param sinks the sinks in use
   * @param exports the exports in use
   */
  public Upgrades(Deliveries deliveries, List<String> sinks, List<String> exports) {
    this.deliveries = deliveries;
    this.sinks = List.copyOf(sinks);
    this.exports = List.copyOf(exports);
  }

  /** Takes the sinks and exports from the settings. */
  public static Upgrades of(Settings settings, Deliveries deliveries) {
    return new Upgrades(deliveries, settings.list("fit.sinks"), settings.list("fit.exports"));
  }

  /**
   * A file written from streams.
   *
   * @param place where it is, such as {@code file:2026/11/123.fit}
   */
  public record Upgradable(String activityId, String athleteId, String place) {}

  /** All such files, oldest first. */
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

  /** The event that requests an upgrade; the same for all files of an activity. */
  public static NewEvent request(Upgradable one, Instant now) {
    return NewEvent.request(
        ORIGIN, Priority.MANUAL, "activity", one.activityId(), one.athleteId(), now);
  }

  /** Whether the event's activity has no file written from streams. */
  public boolean isNothingToDo(@Variable("event") Event event) {
    return deliveries(event).isEmpty();
  }

  /** The files of the event's activity that were written from streams. */
  public List<Delivery> deliveries(@Variable("event") Event event) {
    return deliveries.of(event.objectId()).stream()
        .filter(one -> one.provenance().equals(STREAMS) && sinks.contains(one.sink()))
        .toList();
  }

  /** Whether Strava provided no original, and Intervals.icu is in use and may have one. */
  public boolean isWorthAskingIntervals(Exchange exchange) {
    return exchange.getVariable(Exports.EXPORT) == null && exports.contains("intervals");
  }

  /** Starts to replace the delivery in the body by the exported file. */
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
