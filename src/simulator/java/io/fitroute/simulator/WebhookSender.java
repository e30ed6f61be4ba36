package io.fitroute.simulator;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts events to the subscriber as Strava does: each until it is answered with 200 in time, a
 * limited number of times with a pause in between, then never again. A limited number are on their
 * way at once; the others wait in order. All its state belongs to one event loop.
 */
final class WebhookSender {

  private final Vertx vertx;
  private final Context loop;
  private final HttpClient client;
  private final Subscriptions subscriptions;
  private final DeliveryRules rules;
  private final Clock clock;
  private final Ring<WebhookDelivery> log;
  private final Queue<Attempt> waiting = new ArrayDeque<>();
  private final AtomicLong unsettled = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private int onTheirWay;

  WebhookSender(
      Vertx vertx, Subscriptions subscriptions, DeliveryRules rules, Clock clock, int logSize) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.client =
        vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(rules.connections()));
    this.subscriptions = subscriptions;
    this.rules = rules;
    this.clock = clock;
    this.log = new Ring<>(logSize);
  }

  private record Attempt(String url, String body, int number) {
    private Attempt next() {
      return new Attempt(url, body, number + 1);
    }
  }

  private record Outcome(int status, String problem) {}

  /** Sends an event to the subscriber, when there is one. */
  void send(WebhookEvent event) {
    sendAll(List.of(event));
  }

  /** Sends many events at once, in this order as far as the connections allow. */
  void sendAll(List<WebhookEvent> events) {
    subscriptions
        .current()
        .ifPresent(
            subscription ->
                post(
                    subscription.callbackUrl(),
                    events.stream().map(event -> event.body(subscription.id())).toList()));
  }

  /** Sends bodies as they are, whatever they hold, to this address. */
  void post(String url, List<String> bodies) {
    unsettled.addAndGet(bodies.size());
    loop.runOnContext(
        started -> {
          bodies.forEach(body -> waiting.add(new Attempt(url, body, 1)));
          startWaiting();
        });
  }

  /** The attempts made, oldest first, as far back as the log reaches. */
  List<WebhookDelivery> log() {
    return log.entries();
  }

  /** How many events are neither accepted nor dropped yet. */
  long unsettled() {
    return unsettled.get();
  }

  /** How many events were given up after the last attempt. */
  long dropped() {
    return dropped.get();
  }

  private void startWaiting() {
    while (onTheirWay < rules.connections() && !waiting.isEmpty()) {
      onTheirWay++;
      start(waiting.remove());
    }
  }

  private void start(Attempt attempt) {
    Instant sentAt = Instant.now();
    long began = System.nanoTime();
    exchange(attempt)
        .onComplete(
            answer -> {
              Outcome outcome =
                  answer.succeeded()
                      ? new Outcome(answer.result(), "")
                      : new Outcome(0, problem(answer.cause()));
              Duration took = Duration.ofNanos(System.nanoTime() - began);
              finish(
                  attempt,
                  new WebhookDelivery(
                      attempt.body(),
                      attempt.number(),
                      outcome.status(),
                      outcome.problem(),
                      sentAt,
                      took));
            });
  }

  private String problem(Throwable cause) {
    if (cause instanceof StreamResetException) {
      return "no answer within " + rules.timeout().toMillis() + " ms";
    }
    return Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
  }

  private Future<Integer> exchange(Attempt attempt) {
    byte[] body = attempt.body().getBytes(StandardCharsets.UTF_8);
    RequestOptions target =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(attempt.url())
            .setConnectTimeout(rules.timeout().toMillis())
            .putHeader("Content-Type", "application/json")
            .putHeader("User-Agent", "strava-webhooks");
    signature(body).ifPresent(value -> target.putHeader("X-Strava-Signature", value));
    return client.request(target).compose(request -> answerInTime(request, Buffer.buffer(body)));
  }

  private Future<Integer> answerInTime(HttpClientRequest request, Buffer body) {
    long timer = vertx.setTimer(Math.max(1, rules.timeout().toMillis()), fired -> request.reset());
    return request
        .send(body)
        .compose(
            response -> {
              int status = response.statusCode();
              return response.end().map(status);
            })
        .onComplete(answer -> vertx.cancelTimer(timer));
  }

  private void finish(Attempt attempt, WebhookDelivery delivery) {
    log.add(delivery);
    onTheirWay--;
    if (delivery.accepted()) {
      unsettled.decrementAndGet();
    } else if (attempt.number() < rules.attempts()) {
      vertx.setTimer(
          Math.max(1, rules.spacing().toMillis()),
          fired -> {
            waiting.add(attempt.next());
            startWaiting();
          });
    } else {
      dropped.incrementAndGet();
      unsettled.decrementAndGet();
    }
    startWaiting();
  }

  private Optional<String> signature(byte[] body) {
    if (rules.signingSecret().isEmpty()) {
      return Optional.empty();
    }
    long time = clock.instant().getEpochSecond();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = rules.signingSecret().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return Optional.of("t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body)));
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
