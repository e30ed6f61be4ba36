package io.fitroute.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Strava's check of a callback before it creates a subscription: the callback has to return a
 * challenge in time.
 */
final class CallbackCheck {

  private static final int LONGEST_URL = 255;

  private final HttpClient client;
  private final Duration timeout;

  CallbackCheck(Vertx vertx, Duration timeout) {
    this.client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
    this.timeout = timeout;
  }

  private record Answer(int status, byte[] body) {}

  /**
   * Checks a callback.
   *
   * @throws Refusal with status 400 and Strava's message
   */
  void verify(String callbackUrl, String verifyToken) throws InterruptedException {
    if (!isUrl(callbackUrl) || callbackUrl.length() > LONGEST_URL) {
      throw refusal("not verifiable");
    }
    String challenge = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    Answer answer =
        ask(callbackUrl, challenge, verifyToken).orElseThrow(() -> refusal("not verifiable"));
    if (answer.status() != 200) {
      throw refusal("GET to callback URL does not return 200");
    }
    boolean echoed =
        Json.readObject(answer.body())
            .map(document -> document.path("hub.challenge").asText())
            .filter(challenge::equals)
            .isPresent();
    if (!echoed) {
      throw refusal("not verifiable");
    }
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null && uri.getScheme().matches("https?");
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static Refusal refusal(String code) {
    return Refusal.badRequest("PushSubscription", "callback url", code);
  }

  private Optional<Answer> ask(String callbackUrl, String challenge, String verifyToken)
      throws InterruptedException {
    String question =
        "hub.verify_token=%s&hub.challenge=%s&hub.mode=subscribe"
            .formatted(URLEncoder.encode(verifyToken, StandardCharsets.UTF_8), challenge);
    RequestOptions target =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(callbackUrl + (callbackUrl.contains("?") ? "&" : "?") + question)
            .setConnectTimeout(timeout.toMillis());
    try {
      return Optional.of(
          client
              .request(target)
              .compose(request -> request.send())
              .compose(response -> response.body().map(body -> answer(response.statusCode(), body)))
              .toCompletionStage()
              .toCompletableFuture()
              .get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException unreachableOrSlow) {
      return Optional.empty();
    }
  }

  private static Answer answer(int status, Buffer body) {
    return new Answer(status, body.getBytes());
  }
}
