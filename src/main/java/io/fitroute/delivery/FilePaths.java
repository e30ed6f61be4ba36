package io.fitroute.delivery;

import io.fitroute.export.ExportedFile;
import io.fitroute.export.Exports;
import io.fitroute.fit.ReceivedFile;
import io.fitroute.inbox.Event;
import io.fitroute.settings.Settings;
import io.fitroute.sink.Operation;
import io.fitroute.strava.activity.Activity;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Determines the path of an activity's file below a sink. */
public final class FilePaths {

  private final boolean utc;
  private final Set<String> follows;
  private final Set<String> moves;
  private final Deliveries deliveries;

  /**
   * @param utc whether the date in the path is in UTC rather than local to the activity
   * @param follows the sinks at which a file is renamed with its activity
   * @param moves the sinks that can move files
   */
  public FilePaths(boolean utc, Set<String> follows, Set<String> moves, Deliveries deliveries) {
    this.utc = utc;
    this.follows = Set.copyOf(follows);
    this.moves = Set.copyOf(moves);
    this.deliveries = deliveries;
  }

  /** Takes the calendar from the settings. */
  public static FilePaths of(Settings settings, Sinks sinks, Deliveries deliveries) {
    return new FilePaths(
        settings.choice("fit.calendar").equals("utc"),
        sinks.followingTitles(),
        sinks.moving(),
        deliveries);
  }

  /**
   * Sets the variables that {@code fit.file-name} may use; sets none if the activity is not known
   * yet.
   */
  public void describe(Exchange exchange) {
    Activity activity = exchange.getVariable("activity", Activity.class);
    if (activity == null) {
      return;
    }
    FileName.variables(
            activity.id(),
            activity.athleteId(),
            activity.sportType(),
            activity.name(),
            date(activity))
        .forEach(exchange::setVariable);
  }

  private LocalDate date(Activity activity) {
    return utc
        ? activity.start().atOffset(ZoneOffset.UTC).toLocalDate()
        : activity.startLocal().toLocalDate();
  }

  /** The deliveries whose path no longer matches the activity; none if its name is unknown. */
  public List<Delivery> misplaced(
      @Variable("activity") Activity activity, @Variable("place") String place) {
    return follows.isEmpty() || activity.name().isEmpty()
        ? List.of()
        : elsewhere(activity, place, follows);
  }

  /** The deliveries whose path no longer matches the activity, at sinks that can move files. */
  public List<Delivery> movable(
      @Variable("activity") Activity activity, @Variable("place") String place) {
    return elsewhere(activity, place, moves);
  }

  private List<Delivery> elsewhere(Activity activity, String place, Set<String> where) {
    String path = FileName.safe(place);
    int dot = path.lastIndexOf('.') > path.lastIndexOf('/') ? path.lastIndexOf('.') : path.length();
    Pattern numbered =
        Pattern.compile(
            Pattern.quote(path.substring(0, dot))
                + "(-[0-9]+)?"
                + Pattern.quote(path.substring(dot)));
    return deliveries.of(activity.id()).stream()
        .filter(delivery -> where.contains(delivery.sink()))
        .filter(delivery -> !numbered.matcher(delivery.path()).matches())
        .toList();
  }

  /** Starts to move the delivery in the body to its proper path. */
  public void move(
      Exchange exchange,
      @Variable("event") Event event,
      @Variable("place") String place,
      @Body Delivery delivery) {
    Delivery moved = delivery.at(FileName.safe(place), delivery.deliveredAt());
    DeliveryIntents.begin(
        exchange, DeliveryIntent.instead(event, Operation.MOVE, moved, delivery), null);
  }

  /** Starts to put the exported file at a sink. */
  public void put(
      Exchange exchange,
      @Variable("event") Event event,
      @Variable("place") String place,
      @Variable("sink") String sink,
      @Variable(Exports.EXPORT) ExportedFile export) {
    DeliveryIntents.begin(
        exchange,
        DeliveryIntent.put(
            event, Delivery.of(event.objectId(), sink, FileName.safe(place), export)),
        export.path());
  }

  /**
   * Starts to put an original that is not FIT at a sink, beside the FIT file with its own
   * extension.
   */
  public void putForeignOriginal(
      Exchange exchange,
      @Variable("event") Event event,
      @Variable("place") String place,
      @Variable("sink") String sink,
      @Variable("foreignOriginal") ReceivedFile original)
      throws IOException {
    String extension = original.format().name().toLowerCase(Locale.ROOT);
    String beside = FileName.safe(place).replaceFirst("(?i)([.]fit)?$", "") + "." + extension;
    ExportedFile file = ExportedFile.measured(original.path(), "original");
    DeliveryIntents.begin(
        exchange,
        DeliveryIntent.put(event, Delivery.of(event.objectId(), sink, beside, file)).unrecorded(),
        file.path());
  }
}
