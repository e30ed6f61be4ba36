package io.fitroute.benchmark;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Posts events at a constant rate of one per millisecond, whatever the responses.
 *
 * <p>Each response is timed from the moment its event was scheduled. A generator that waits for a
 * response before it sends the next event would not send while the server stalls, and so would miss
 * most of the stall (coordinated omission).
 */
public final class SteadyLoad {

  /** Events per second, as long as the machine can keep up. */
  static final int PER_SECOND = 1000;

  private static final int CONNECTIONS = 64;
  private static final int LATEST_SECONDS = 20;
  private static final long NANOS_BETWEEN = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

  private final HttpClient http;
  private final URI webhook;
  private final SteadyEvents events;
  private final int first;
  private final double[] millis;
  private final CountDownLatch end = new CountDownLatch(1);
  private final long start = System.nanoTime();
  private int sent;
  private int answered;
  private int failed;

  private SteadyLoad(HttpClient http, URI webhook, SteadyEvents events, int first, int count) {
    this.http = http;
    this.webhook = webhook;
    this.events = events;
    this.first = first;
    this.millis = new double[count];
  }

  /**
   * Runs several times and prints {@code steady answered failed p50 p99 p99.9 max} each time, with
   * times in milliseconds.
   *
   * @param arguments the webhook, the number of runs, seconds per run, then the values of {@link
   *     SteadyEvents}
   */
  public static void main(String[] arguments) throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    HttpClient http = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(CONNECTIONS));
    URI webhook = URI.create(arguments[0]);
    int count = Integer.parseInt(arguments[2]) * PER_SECOND;
    SteadyEvents events =
        new SteadyEvents(
            Long.parseLong(arguments[3]),
            Long.parseLong(arguments[4]),
            Integer.parseInt(arguments[5]),
            Long.parseLong(arguments[6]),
            Long.parseLong(arguments[7]));
    for (int run = 0; run < Integer.parseInt(arguments[1]); run++) {
      SteadyLoad load = new SteadyLoad(http, webhook, events, run * count, count);
      load.run(vertx);
      load.print();
    }
    System.exit(0);
  }

  private void run(Vertx vertx) throws InterruptedException {
    long timer = vertx.setPeriodic(1, tick -> sendWhatIsDue());
    end.await(millis.length / PER_SECOND + LATEST_SECONDS, TimeUnit.SECONDS);
    vertx.cancelTimer(timer);
  }

  private void sendWhatIsDue() {
    while (sent < millis.length && due(sent) <= System.nanoTime()) {
      int number = sent++;
      http.request(HttpMethod.POST, webhook.getPort(), webhook.getHost(), webhook.getPath())
          .compose(request -> post(request, first + number))
          .compose(response -> response.end().map(response.statusCode()))
          .onSuccess(status -> count(number, status == 200))
          .onFailure(trouble -> count(number, false));
    }
  }

  private Future<HttpClientResponse> post(HttpClientRequest request, int number) {
    return request
        .putHeader("Content-Type", "application/json")
        .send(Buffer.buffer(events.body(number)));
  }

  private long due(int number) {
    return start + number * NANOS_BETWEEN;
  }

  private void count(int number, boolean good) {
    millis[answered++] = (System.nanoTime() - due(number)) / 1e6;
    failed += good ? 0 : 1;
    if (answered == millis.length) {
      end.countDown();
    }
  }

  private void print() {
    Samples samples = Samples.of(millis, answered);
    System.out.printf(
        "steady %d %d %.2f %.2f %.2f %.2f%n",
        answered,
        failed + millis.length - answered,
        samples.median(),
        samples.quantile(0.99),
        samples.quantile(0.999),
        samples.max());
  }
}
