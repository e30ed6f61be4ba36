package io.fitroute.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Posts events to a webhook, like Strava and Hevy. */
public final class WebhookClient {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final int LONGEST_ANSWER = 4096;

  private final URI webhook;
  private final Optional<String> authorization;
  private final HttpClient client;

  /**
   * @param authorization the value of that header; empty for none
   */
  WebhookClient(URI webhook, Optional<String> authorization) {
    this.webhook = webhook;
    this.authorization = authorization;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST_WAIT)
            .build();
  }

  /**
   * The service's response.
   *
   * @param status the HTTP status
   * @param body its first {@value #LONGEST_ANSWER} bytes at most
   * @param time from the request to the last byte read
   */
  public record Answer(int status, String body, Duration time) {
    /** Whether Strava would count the event as delivered. */
    public boolean received() {
      return status == 200;
    }
  }

  /**
   * Posts one event.
   *
   * @param event as a JSON document
   * @throws CommandFailure if there is no response
   */
  Answer post(String event) throws InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(webhook)
            .timeout(LONGEST_WAIT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(event));
    authorization.ifPresent(token -> builder.header("Authorization", token));
    HttpRequest request = builder.build();
    long start = System.nanoTime();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        String text = new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Answer(response.statusCode(), text, time);
      }
    } catch (ConnectException nobody) {
      throw CommandFailure.failed(
          ("nothing listens at %s: start the service with ./fitroute, or pass its address"
                  + " with --url")
              .formatted(webhook));
    } catch (HttpTimeoutException silence) {
      throw CommandFailure.failed(
          "%s did not answer within %d s".formatted(webhook, LONGEST_WAIT.toSeconds()));
    } catch (IOException broken) {
      throw CommandFailure.failed(
          "%s did not answer with HTTP: %s".formatted(webhook, broken.getMessage()));
    }
  }
}
