package io.fitroute.delivery;

import io.fitroute.export.ExportedFile;
import io.fitroute.export.Exports;
import io.fitroute.fit.ReceivedFile;
import io.fitroute.strava.Activity;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Finds the place of an activity's file below a sink. */
public final class FilePlaces {

  private final boolean utc;
  private final Set<String> follows;
  private final Deliveries deliveries;

  /**
   * @param utc whether files go by the date in UTC, rather than by the one where the activity was
   * @param follows the sinks at which a file is renamed when its activity is
   */
  public FilePlaces(boolean utc, Set<String> follows, Deliveries deliveries) {
    this.utc = utc;
    this.follows = Set.copyOf(follows);
    this.deliveries = deliveries;
  }

  /** Sets the variables that {@code fit.file-name} may use. */
  public void describe(Exchange exchange) {
    Activity activity = exchange.getVariable("activity", Activity.class);
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

  /**
   * Where the activity's file is, sink by sink, but ought to be elsewhere by its name now; nowhere
   * if its name is not known.
   */
  public List<Delivery> misplaced(
      @Variable("activity") Activity activity, @Variable("place") String place) {
    String path = FileName.safe(place);
    return deliveries.of(activity.id()).stream()
        .filter(delivery -> follows.contains(delivery.sink()) && !activity.name().isEmpty())
        .filter(delivery -> !delivery.path().equals(path))
        .toList();
  }

  /** Addresses one delivery, the body, to its sink, from where it is to where it ought to be. */
  public void readdress(Exchange exchange, @Body Delivery delivery) {
    String place = exchange.getVariable("place", String.class);
    exchange.setVariable("sink", delivery.sink());
    exchange.setVariable("delivery", delivery);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader("file", delivery.path());
    exchange.getMessage().setHeader("to", FileName.safe(place));
  }

  /** Makes the exported file the body, and its place the header {@code file}, as sinks want it. */
  public void hand(Exchange exchange) {
    String place = exchange.getVariable("place", String.class);
    ExportedFile export = exchange.getVariable(Exports.EXPORT, ExportedFile.class);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader("file", FileName.safe(place));
    exchange.getMessage().setHeader("sha256", export.sha256());
    exchange.getMessage().setBody(export.path());
  }

  /**
   * Makes the original that is not FIT the body, and its place the one of the FIT file in the
   * header {@code file}, with an extension of its own.
   */
  public void handForeignOriginal(Exchange exchange) {
    ReceivedFile original = exchange.getVariable("foreignOriginal", ReceivedFile.class);
    String beside = FileName.safe(exchange.getVariable("place", String.class));
    String extension = original.format().name().toLowerCase(Locale.ROOT);
    exchange.getMessage().removeHeaders("*");
    exchange
        .getMessage()
        .setHeader("file", beside.replaceFirst("(?i)([.]fit)?$", "") + "." + extension);
    exchange.getMessage().setBody(original.path());
  }
}
