package io.fitroute.strava.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.system.SystemServices;
import io.fitroute.text.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;

/**
 * Requests a challenge from our own public address, as Strava does before it creates a
 * subscription, and explains what intercepts the request if the response is not ours. Strava itself
 * only reports "not verifiable".
 */
public final class CallbackProbe {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration STRAVA_WAITS = Duration.ofSeconds(2);
  private static final int MOST_READ = 64 * 1024;

  private final Callback callback;
  private final SystemServices services;

  public CallbackProbe(Callback callback, SystemServices services) {
    this.callback = callback;
    this.services = services;
  }

  /**
   * Prepares the request.
   *
   * @throws SubscriptionRefused if it cannot be made
   */
  public void prepare(Exchange exchange) {
    URI address = callback.required();
    String token = callback.requiredToken();
    byte[] bytes = new byte[8];
    services.random().nextBytes(bytes);
    String challenge = HexFormat.of().formatHex(bytes);
    exchange.setVariable("challenge", challenge);
    exchange.setVariable("callback", address.toString());
    exchange.setVariable("asked-at", services.nanoTime());
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_METHOD, "GET");
    message.setHeader(
        Exchange.HTTP_QUERY,
        "hub.mode=subscribe&hub.challenge="
            + challenge
            + "&hub.verify_token="
            + ApiApplication.encoded(token));
    message.setBody(null);
  }

  /**
   * Checks the response.
   *
   * @throws SubscriptionRefused if Strava would not accept it; the message says why
   */
  public void judge(Exchange exchange) throws IOException {
    Duration time =
        Duration.ofNanos(services.nanoTime() - exchange.getVariable("asked-at", Long.class));
    Message message = exchange.getMessage();
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    String type = message.getHeader("Content-Type", "", String.class).toLowerCase(Locale.ROOT);
    String body = read(message.getBody(InputStream.class));
    boolean page = type.contains("html") || body.stripLeading().startsWith("<");
    if (status >= 300 && status < 400) {
      throw trouble(redirect(message.getHeader("Location", "", String.class)));
    }
    if (status != 200) {
      throw trouble(isBotCheck(message, body) ? botCheck() : byStatus(status, page));
    }
    if (page) {
      throw trouble(isBotCheck(message, body) ? botCheck() : pageInstead(body));
    }
    if (!exchange.getVariable("challenge", String.class).equals(challengeIn(body))) {
      throw trouble(
          "answers 200 but does not return the challenge: another program answers there;"
              + " check the port and path of the proxy or tunnel");
    }
    if (time.compareTo(STRAVA_WAITS) > 0) {
      throw trouble(
          ("answers correctly but after %.1f s, and Strava waits 2 s: find out what is slow"
                  + " in between")
              .formatted(time.toMillis() / 1000.0));
    }
  }

  /**
   * Explains why there was no response.
   *
   * @throws SubscriptionRefused always
   */
  public void explain(Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (failure instanceof SubscriptionRefused known) {
      throw known;
    }
    throw trouble(silence(failure));
  }

  private String silence(Exception failure) {
    if (failure instanceof UnknownHostException) {
      return "cannot be found: its host name has no address; check the name and its DNS entry";
    }
    if (failure instanceof SSLException) {
      return "has an invalid certificate ("
          + inShort(failure)
          + "): renew it, or make the proxy send the complete chain";
    }
    if (failure instanceof ConnectTimeoutException || failure instanceof NoRouteToHostException) {
      return "cannot be reached from this machine: check the firewall, or a router without NAT"
          + " loopback (then test it from outside, and use --unchecked)";
    }
    if (failure instanceof HttpHostConnectException || failure instanceof ConnectException) {
      return "refuses the connection: start the service and its reverse proxy or tunnel, and check"
          + " the port";
    }
    if (failure instanceof SocketTimeoutException) {
      return "does not answer in time";
    }
    return "does not answer with HTTP (" + inShort(failure) + ")";
  }

  private static String inShort(Exception failure) {
    String text = Plain.line(String.valueOf(failure.getMessage()));
    return text.length() <= 120 ? text : text.substring(0, 120) + "...";
  }

  private SubscriptionRefused trouble(String what) {
    return new SubscriptionRefused(
        "This service's public address " + callback.required().getHost() + " " + what + ".");
  }

  private static String redirect(String location) {
    String target = location.toLowerCase(Locale.ROOT);
    if (target.matches(".*(login|signin|sign-in|sign_in|sso|auth|session|account).*")) {
      return "redirects to a login page: the proxy must let the webhook's path through without a"
          + " login";
    }
    return "redirects, which Strava does not follow: set webhook.public-url to the target"
        + (target.startsWith("https:") ? " (https instead of http?)" : "");
  }

  private static String byStatus(int status, boolean page) {
    return switch (status) {
      case 401, 407 ->
          "requires a login (status "
              + status
              + "): the proxy must let the webhook's path through without one";
      case 403 ->
          page
              ? "forbids the request (status 403): something in between blocks it, such as"
                  + " bot protection or a login; it must let the webhook's path through"
              : "answers 403: a fitroute with another STRAVA_VERIFY_TOKEN answers there;"
                  + " restart the service after changing a setting";
      case 404, 405 ->
          "answers "
              + status
              + ", so the path is wrong: check webhook.path, and whether the proxy rewrites"
              + " the path";
      case 502, 503, 504 ->
          "answers "
              + status
              + ": the proxy or tunnel answers, but does not reach this service; check that"
              + " it is running, and on the port that the proxy uses";
      default -> "answers " + status + " instead of 200";
    };
  }

  private static boolean isBotCheck(Message message, String body) {
    String text = body.toLowerCase(Locale.ROOT);
    return message.getHeader("cf-mitigated") != null
        || text.contains("just a moment")
        || text.contains("cf-chl")
        || text.contains("captcha")
        || text.contains("checking your browser")
        || text.contains("enable javascript and cookies");
  }

  private static String botCheck() {
    return "shows a bot check instead: the protection in between must let the webhook's path"
        + " through (at Cloudflare, a rule that skips Bot Fight Mode for it)";
  }

  private static String pageInstead(String body) {
    String text = body.toLowerCase(Locale.ROOT);
    return text.contains("type=\"password\"") || text.contains("log in") || text.contains("login")
        ? "shows a login page: the proxy must let the webhook's path through without a login"
        : "shows a web page instead of the challenge: another program answers there; check"
            + " the port and path of the proxy or tunnel";
  }

  private static String challengeIn(String body) {
    try {
      return JSON.readTree(body).path("hub.challenge").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static String read(InputStream body) throws IOException {
    if (body == null) {
      return "";
    }
    try (body) {
      return new String(body.readNBytes(MOST_READ), StandardCharsets.UTF_8);
    }
  }
}
