package io.fitroute.runtime;

import io.fitroute.delivery.AfterDelivery;
import io.fitroute.delivery.Deletions;
import io.fitroute.delivery.Deliveries;
import io.fitroute.delivery.Delivery;
import io.fitroute.delivery.DeliveryIntents;
import io.fitroute.delivery.DeliveryNews;
import io.fitroute.delivery.FilePaths;
import io.fitroute.delivery.KeptExports;
import io.fitroute.delivery.PendingDeliveries;
import io.fitroute.delivery.Resends;
import io.fitroute.delivery.SinkHealth;
import io.fitroute.delivery.Sinks;
import io.fitroute.delivery.StateFile;
import io.fitroute.delivery.Upgrades;
import io.fitroute.export.ExportFolder;
import io.fitroute.inbox.BackoffSchedule;
import io.fitroute.ledger.Ledger;
import io.fitroute.notice.Announcements;
import io.fitroute.settings.Settings;
import io.fitroute.sink.Operation;
import io.fitroute.system.SystemServices;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.main.Main;

/**
 * What routes name of deliveries: where files go, which are still owed, and what was said of it.
 */
record DeliveryBeans(
    Main main, Settings settings, Sinks sinks, Ledger ledger, Deliveries deliveries, Clock clock) {

  /** Those who are told of each delivery. */
  static List<Consumer<Delivery>> listeners(
      Settings settings, Ledger ledger, SystemServices services) {
    Optional<StateFile> stateFile =
        settings
            .optionalPath("state.file")
            .map(file -> new StateFile(file, settings.path("download.base-dir"), ledger, services));
    stateFile.ifPresent(StateFile::write);
    return stateFile.<List<Consumer<Delivery>>>map(List::of).orElse(List.of());
  }

  void bind(Announcements announcements, SinkHealth standing) {
    main.bind("deliveries", deliveries);
    main.bind("afterDelivery", new AfterDelivery(deliveries));
    main.bind("sinkHealth", standing);
    main.bind("sinks", sinks);
    main.bind("deliveryNews", new DeliveryNews(announcements, deliveries));
    KeptExports kept =
        new KeptExports(
            ledger,
            settings.path("data.dir").resolve("exports"),
            settings.choice("fit.keep-foreign-originals").equals("true"),
            clock);
    main.bind("keptExports", kept);
    DeliveryIntents deliveryIntents = new DeliveryIntents(ledger, sinks::can, clock);
    main.bind("deliveryIntents", deliveryIntents);
    main.bind(
        "pendingDeliveries",
        new PendingDeliveries(
            ledger,
            deliveries,
            deliveryIntents,
            kept,
            new BackoffSchedule(settings.backoffSchedule("retry.sink-down")),
            clock));
    main.bind("upgrades", new Upgrades(deliveries, settings.list("fit.sinks")));
    main.bind(
        "filePaths",
        new FilePaths(
            settings.choice("fit.calendar").equals("utc"), sinks.followingTitles(), deliveries));
  }

  /** What is known of deleted activities. */
  Deletions deletions() {
    return new Deletions(
        ledger,
        deliveries,
        sink -> sinks.can(sink, Operation.of(settings.choice("on-delete"))),
        settings.integer("removal.brake"),
        clock);
  }

  /** What passes files on that are there already. */
  void bindResends(ExportFolder exports) {
    main.bind("resends", new Resends(deliveries, sinks::can, exports));
  }
}
