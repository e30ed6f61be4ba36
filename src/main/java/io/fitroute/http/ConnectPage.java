package io.fitroute.http;

import io.fitroute.settings.Settings;
import io.fitroute.strava.oauth.ConnectRefused;
import io.fitroute.strava.oauth.NewConnection;
import io.fitroute.strava.subscription.KnownSubscriptions;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The page an athlete's browser shows after returning from Strava. */
public final class ConnectPage {

  private static final int STRAVA_COULD_NOT_BE_ASKED = 502;

  private final List<String> wantedSportTypes;
  private final KnownSubscriptions subscriptions;

  /**
   * @param wantedSportTypes the wanted sport types; {@code *} for all
   */
  public ConnectPage(List<String> wantedSportTypes, KnownSubscriptions subscriptions) {
    this.wantedSportTypes = List.copyOf(wantedSportTypes);
    this.subscriptions = subscriptions;
  }

  /** Takes the sport types from the settings. */
  public static ConnectPage of(Settings settings, KnownSubscriptions subscriptions) {
    return new ConnectPage(settings.list("strava.sport-types"), subscriptions);
  }

  /** Says who is connected and what happens next. */
  public void welcome(@Body NewConnection connection, Exchange exchange) {
    String who = connection.name().isEmpty() ? "Athlete" : connection.name();
    String what =
        wantedSportTypes.contains("*")
            ? "activity"
            : "activity of the type " + String.join(" or ", wantedSportTypes);
    String next =
        subscriptions.isKnown()
            ? "From now on each new " + what + " is delivered as a FIT file."
            : "Each new "
                + what
                + " will be delivered as a FIT file once the operator of this service has"
                + " subscribed to new activities with ./fitroute subscription create.";
    answer(
        exchange,
        200,
        who + " is connected",
        List.of(
            who + " (athlete " + connection.athleteId() + ") is connected with Strava.",
            next,
            "You may close this window. The permission can be withdrawn at any time at"
                + " https://www.strava.com/settings/apps."));
  }

  /** Says why the connection failed and what to do. */
  public void refuse(Exchange exchange) {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    int status = cause instanceof ConnectRefused known ? known.status() : STRAVA_COULD_NOT_BE_ASKED;
    answer(
        exchange, status, "Not connected", List.of(exchange.getVariable("refusal", String.class)));
  }

  private static void answer(Exchange exchange, int status, String title, List<String> paragraphs) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    message.setHeader(Exchange.CONTENT_TYPE, "text/html; charset=utf-8");
    message.setHeader("Cache-Control", "no-store");
    message.setHeader("Referrer-Policy", "no-referrer");
    message.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    message.setBody(html(title, paragraphs, status != 200));
  }

  private static String html(String title, List<String> paragraphs, boolean again) {
    String text =
        paragraphs.stream()
            .map(paragraph -> "<p>" + escaped(paragraph) + "</p>")
            .collect(Collectors.joining("\n"));
    return """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>%1$s - fitroute</title>
        <style>body { font-family: sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }</style></head>
        <body><h1>%1$s</h1>
        %2$s
        %3$s</body>
        </html>
        """
        .formatted(
            escaped(title), text, again ? "<p><a href=\"/connect\">Connect again</a></p>\n" : "");
  }

  /** Names come from outside. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
