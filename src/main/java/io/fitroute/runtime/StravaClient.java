package io.fitroute.runtime;

import io.fitroute.delivery.Delivery;
import io.fitroute.delivery.SinkAnswer;
import io.fitroute.delivery.Sinks;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.FitReport;
import io.fitroute.fit.InvalidFitFile;
import io.fitroute.fit.Sha256;
import io.fitroute.http.SentRequests;
import io.fitroute.ledger.Ledger;
import io.fitroute.settings.Settings;
import io.fitroute.sink.Operation;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.HttpDate;
import io.fitroute.strava.api.MustReconnect;
import io.fitroute.strava.oauth.Deauthorizations;
import io.fitroute.strava.oauth.NewConnection;
import io.fitroute.strava.subscription.Callback;
import io.fitroute.strava.subscription.PushSubscription;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Calls Strava for a command, whether or not a service is running. */
public final class StravaClient implements AutoCloseable {

  private final Service service;
  private final SentRequests requests;

  private StravaClient(Service service, SentRequests requests) {
    this.service = service;
    this.requests = requests;
  }

  /**
   * Opens the client.
   *
   * @param home the folder of the launcher, which contains the routes
   */
  public static StravaClient open(Settings settings, Path home) {
    Service service = Service.start(settings, home, RunMode.ASK);
    SentRequests requests =
        new SentRequests(settings.url("strava.api-url"), settings.url("strava.oauth-url"));
    service.context().getManagementStrategy().addEventNotifier(requests);
    return new StravaClient(service, requests);
  }

  public Ledger ledger() {
    return service.ledger();
  }

  /** The client for Hevy and Intervals.icu. */
  public HevyClient hevy() {
    return new HevyClient(service);
  }

  /**
   * Connects an athlete with an authorization code.
   *
   * @param scope the granted scope; empty if unknown
   * @throws io.fitroute.strava.oauth.ConnectRefused on failure
   */
  public NewConnection connect(String error, String code, String scope) {
    String checked = service.athleteConnector().codeOf(error, code, scope);
    return service.ask(
        "direct:connect-athlete", checked, Map.of("scope", scope), NewConnection.class);
  }

  /**
   * Revokes an athlete's permission at Strava.
   *
   * @return whether Strava still had it
   * @throws RuntimeException if Strava is not available or refuses
   */
  public boolean revoke(String athleteId) {
    try {
      return service.ask("direct:revoke-athlete", "", Map.of("athlete", athleteId), Boolean.class);
    } catch (MustReconnect gone) {
      return false;
    }
  }

  /**
   * Deletes an athlete's tokens and ends the events that wait for them.
   *
   * @return the number of events ended
   */
  public int forget(String athleteId) {
    return new Deauthorizations(service.ledger(), service.services().clock())
        .forget(athleteId, "the athlete was disconnected");
  }

  /**
   * The application's webhook subscription; empty if there is none.
   *
   * @throws io.fitroute.strava.subscription.SubscriptionRefused if Strava does not return it
   */
  public Optional<PushSubscription> subscription() {
    List<?> found = service.ask("direct:ask-subscription", "", Map.of(), List.class);
    return found.stream().map(PushSubscription.class::cast).findFirst();
  }

  /** Whether a subscription points to {@code webhook.public-url}; empty if that is not set. */
  public Optional<Boolean> leadsHere(PushSubscription subscription) {
    Callback callback = service.callback();
    return callback.address().map(known -> callback.isOf(subscription));
  }

  /**
   * Creates the subscription as {@code webhook.subscription} allows.
   *
   * @param unchecked whether to skip the check of the public address
   * @throws io.fitroute.strava.subscription.SubscriptionRefused on failure
   */
  public void subscribe(boolean unchecked) {
    service.ask("direct:keep-subscription", "", Map.of("unchecked", unchecked), Object.class);
  }

  /**
   * Deletes a subscription.
   *
   * @throws io.fitroute.strava.subscription.SubscriptionRefused on failure
   */
  public void unsubscribe(PushSubscription subscription) {
    service.ask(
        "direct:delete-subscription", "", Map.of("subscription", subscription.id()), Object.class);
  }

  /**
   * The state of Strava.
   *
   * @param subscription the application's webhook subscription
   * @param serverTime Strava's clock; empty if not reported
   * @param failure why the request failed; else empty
   */
  public record Look(
      Optional<PushSubscription> subscription,
      Optional<Instant> serverTime,
      Optional<RuntimeException> failure) {}

  /** Requests the subscription, which does not use the API budget. */
  public Look look() {
    Exchange answer = service.send("direct:ask-subscription", "", Map.of());
    Optional<Instant> time =
        Optional.ofNullable(answer.getMessage().getHeader("Date", String.class))
            .flatMap(HttpDate::read);
    try {
      List<?> found = Service.answer(answer, List.class);
      return new Look(
          found.stream().map(PushSubscription.class::cast).findFirst(), time, Optional.empty());
    } catch (RuntimeException failure) {
      return new Look(Optional.empty(), time, Optional.of(failure));
    }
  }

  /** All connected athletes. */
  public List<Athletes.Athlete> athletes() {
    return service.athletes().all();
  }

  /**
   * Requests an athlete's profile from Strava, refreshing the token if necessary.
   *
   * @throws RuntimeException on failure
   */
  public void ask(String athleteId) {
    service.ask(
        "direct:ask-strava", "", Map.of("athlete", athleteId, "resource", "athlete"), Object.class);
  }

  /** The number of requests sent to Strava. */
  public int requests() {
    return requests.count();
  }

  /**
   * Requests a challenge from {@code webhook.public-url}, as Strava does.
   *
   * @throws io.fitroute.strava.subscription.SubscriptionRefused if Strava would not accept the
   *     response
   */
  public void probePublicAddress() {
    service.ask("direct:probe-callback", "", Map.of(), Object.class);
  }

  /**
   * Puts a small file into a sink and removes it.
   *
   * @throws RuntimeException on failure
   */
  public void probeSink(String sink) {
    try {
      Path probe = Files.createTempFile("fitroute-probe", ".tmp");
      try {
        Files.writeString(probe, "fitroute tests whether files can be put here\n");
        String name = "fitroute-" + probe.getFileName();
        Map<String, Object> headers =
            Map.of("file", name, "temporary", "." + name, "sha256", Sha256.of(probe));
        Service.answer(call(sink, Operation.PUT, probe, headers), Object.class);
        Service.answer(call(sink, Operation.PURGE, "", headers), Object.class);
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Exchange call(
      String sink, Operation operation, Object body, Map<String, Object> headers) {
    Map<String, Object> all = new HashMap<>(headers);
    all.put("operation", operation.word());
    return service.send("direct:call-sink", body, Map.of("sink", sink), all);
  }

  public Sinks sinks() {
    return service.sinks();
  }

  /**
   * Asks a sink for the file at a path.
   *
   * @throws RuntimeException if it does not respond
   */
  public SinkAnswer stat(String sink, String path) {
    Exchange answer = call(sink, Operation.STAT, "", Map.of("file", path));
    Service.answer(answer, Object.class);
    return answer.getVariable("answer", SinkAnswer.class);
  }

  /**
   * Reads the file at a path of a sink.
   *
   * @return its SHA-256, in lower-case hexadecimal
   * @throws RuntimeException if the sink does not return it
   */
  public String read(String sink, String path) {
    Exchange answer = call(sink, Operation.GET, "", Map.of("file", path));
    Sha256 sum = new Sha256();
    try (InputStream content = sum.over(Service.answer(answer, InputStream.class))) {
      content.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum.text();
  }

  /**
   * Reads and checks the file of a delivery.
   *
   * @return its contents
   * @throws RuntimeException if the sink does not return it or it differs from the delivered file
   */
  public FitReport check(Delivery delivery) {
    Exchange answer = call(delivery.sink(), Operation.GET, "", Map.of("file", delivery.path()));
    Sha256 sum = new Sha256();
    try (InputStream content = sum.over(Service.answer(answer, InputStream.class))) {
      FitReport report = new FitCheck().check(content);
      if (!sum.text().equals(delivery.sha256())) {
        throw new IOException("it differs from the delivered file");
      }
      return report;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidFitFile e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    }
  }

  @Override
  public void close() {
    service.close();
  }
}
