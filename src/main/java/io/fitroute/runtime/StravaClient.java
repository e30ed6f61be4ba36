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

/** What a command asks Strava itself, beside whatever service runs. */
public final class StravaClient implements AutoCloseable {

  private final Service service;
  private final SentRequests requests;

  private StravaClient(Service service, SentRequests requests) {
    this.service = service;
    this.requests = requests;
  }

  /**
   * Opens the way to Strava.
   *
   * @param home the folder of the launcher, where the routes are
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

  /** What is asked of Hevy and Intervals.icu. */
  public HevyClient hevy() {
    return new HevyClient(service);
  }

  /**
   * Connects the athlete who was given an authorization code.
   *
   * @param scope what was granted; empty if that is not known
   * @throws io.fitroute.strava.oauth.ConnectRefused if that is not possible
   */
  public NewConnection connect(String error, String code, String scope) {
    String checked = service.athleteConnector().codeOf(error, code, scope);
    return service.ask(
        "direct:connect-athlete", checked, Map.of("scope", scope), NewConnection.class);
  }

  /**
   * Gives an athlete's permission back to Strava.
   *
   * @return whether Strava still had it
   * @throws RuntimeException if Strava cannot be asked or does not do it
   */
  public boolean revoke(String athleteId) {
    try {
      return service.ask("direct:revoke-athlete", "", Map.of("athlete", athleteId), Boolean.class);
    } catch (MustReconnect gone) {
      return false;
    }
  }

  /**
   * Forgets an athlete's tokens, and ends what waits for them.
   *
   * @return how many events that ended
   */
  public int forget(String athleteId) {
    return new Deauthorizations(service.ledger(), service.services().clock())
        .forget(athleteId, "the athlete was disconnected");
  }

  /**
   * The application's webhook subscription.
   *
   * @throws io.fitroute.strava.subscription.SubscriptionRefused if Strava does not tell
   */
  public Optional<PushSubscription> subscription() {
    List<?> found = service.ask("direct:ask-subscription", "", Map.of(), List.class);
    return found.stream().map(PushSubscription.class::cast).findFirst();
  }

  /** Whether a subscription leads to {@code webhook.public-url}; empty if that is not set. */
  public Optional<Boolean> leadsHere(PushSubscription subscription) {
    Callback callback = service.callback();
    return callback.address().map(known -> callback.isOf(subscription));
  }

  /**
   * Makes the subscription as {@code webhook.subscription} allows.
   *
   * @param unchecked whether to ask Strava without asking the public address before
   * @throws io.fitroute.strava.subscription.SubscriptionRefused if that is not possible
   */
  public void subscribe(boolean unchecked) {
    service.ask("direct:keep-subscription", "", Map.of("unchecked", unchecked), Object.class);
  }

  /**
   * Ends a subscription.
   *
   * @throws io.fitroute.strava.subscription.SubscriptionRefused if Strava does not do it
   */
  public void unsubscribe(PushSubscription subscription) {
    service.ask(
        "direct:delete-subscription", "", Map.of("subscription", subscription.id()), Object.class);
  }

  /**
   * What Strava shows of itself.
   *
   * @param subscription the application's webhook subscription
   * @param serverTime by Strava's clock; empty if it does not tell
   * @param failure why Strava did not answer as it should
   */
  public record Look(
      Optional<PushSubscription> subscription,
      Optional<Instant> serverTime,
      Optional<RuntimeException> failure) {}

  /** Asks for the subscription, which uses up nothing of the API budget. */
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

  /** All who are connected. */
  public List<Athletes.Athlete> athletes() {
    return service.athletes().all();
  }

  /**
   * Asks Strava who an athlete is, with a renewed token if need be.
   *
   * @throws RuntimeException if Strava does not say
   */
  public void ask(String athleteId) {
    service.ask(
        "direct:ask-strava", "", Map.of("athlete", athleteId, "resource", "athlete"), Object.class);
  }

  /** How many requests went to Strava so far. */
  public int requests() {
    return requests.count();
  }

  /**
   * Asks {@code webhook.public-url} for a challenge, as Strava does.
   *
   * @throws io.fitroute.strava.subscription.SubscriptionRefused if Strava would not be content with
   *     the answer
   */
  public void probePublicAddress() {
    service.ask("direct:probe-callback", "", Map.of(), Object.class);
  }

  /**
   * Puts a small file into a sink, and removes it.
   *
   * @throws RuntimeException if that is not possible
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

  /** The sinks there are. */
  public Sinks sinks() {
    return service.sinks();
  }

  /**
   * Asks a sink what it has at a path.
   *
   * @throws RuntimeException if it does not answer
   */
  public SinkAnswer stat(String sink, String path) {
    Exchange answer = call(sink, Operation.STAT, "", Map.of("file", path));
    Service.answer(answer, Object.class);
    return answer.getVariable("answer", SinkAnswer.class);
  }

  /**
   * Reads what a sink has at a path, and measures it.
   *
   * @return the SHA-256, in lower-case hexadecimal
   * @throws RuntimeException if the sink does not give it
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
   * Reads the file of a delivery where it is, and checks it.
   *
   * @return what it says of itself
   * @throws RuntimeException if the sink does not give it, or it is not what was delivered
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
