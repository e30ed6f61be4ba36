package io.fitroute.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * Responds to {@code GET /} with a description of the service and its endpoints, as JSON or as a
 * page.
 */
public final class About {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern QUALITY = Pattern.compile(";\\s*q=([01](?:\\.\\d{1,3})?)");

  private static final String WHAT = "fitroute: delivers Strava activities as FIT files";

  private final Map<String, String> endpoints = new LinkedHashMap<>();

  /**
   * @param webhookPath the path of the webhook; only its first segment is shown, because the others
   *     may be a secret shared with Strava
   * @param hevyPath the same for Hevy
   */
  public About(String webhookPath, String hevyPath) {
    String shown = shown(webhookPath);
    endpoints.put("GET " + shown, "Strava's verification of the webhook");
    endpoints.put("POST " + shown, "Strava's events");
    endpoints.put("POST " + shown(hevyPath), "Hevy's workouts");
    endpoints.put("GET /connect", "connects an athlete: redirects to Strava's consent page");
    endpoints.put("GET /oauth/callback", "where Strava redirects the athlete back to");
    endpoints.put("GET /health", "whether events can be accepted and stored");
  }

  private static String shown(String path) {
    return path.replaceFirst("^(/[^/]+)/.+", "$1/...");
  }

  /** Sends the response. */
  public void answer(Exchange exchange) throws JsonProcessingException {
    String accept = exchange.getMessage().getHeader("Accept", "", String.class);
    boolean page = weight(accept, "text/html") > weight(accept, "application/json");
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
    exchange
        .getMessage()
        .setHeader(Exchange.CONTENT_TYPE, page ? "text/html; charset=utf-8" : "application/json");
    exchange.getMessage().setBody(page ? html() : json());
  }

  /** The weight, from 0 to 1, of a type named in an {@code Accept} header. */
  private static double weight(String accept, String type) {
    for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
      if (range.split(";")[0].strip().equals(type)) {
        Matcher quality = QUALITY.matcher(range);
        return quality.find() ? Double.parseDouble(quality.group(1)) : 1;
      }
    }
    return 0;
  }

  private String json() throws JsonProcessingException {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("name", "fitroute");
    about.put("description", WHAT);
    about.put("endpoints", endpoints);
    return JSON.writeValueAsString(about);
  }

  private String html() {
    StringBuilder rows = new StringBuilder();
    endpoints.forEach(
        (endpoint, meaning) ->
            rows.append("<dt><code>")
                .append(escaped(endpoint))
                .append("</code></dt><dd>")
                .append(escaped(meaning))
                .append("</dd>"));
    return """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>fitroute</title>
        <style>body { font-family: sans-serif; max-width: 40rem; margin: 3rem auto; }</style></head>
        <body><h1>fitroute</h1><p>A Strava activity becomes a FIT file where its owner wants it.</p>
        <dl>%s</dl></body>
        </html>
        """
        .formatted(rows);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
