package io.fitroute.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * A fake Strava over real HTTP on this machine: API, OAuth, web export, subscriptions and webhooks,
 * as far as an application that archives activities needs them. It behaves like the real one,
 * including its pitfalls, and fails on demand.
 *
 * <pre>{@code
 * try (FakeStrava strava = FakeStrava.start()) {
 *   strava.addAthlete(7, "Ann", "Example");
 *   AthleteTokens tokens = strava.connect(7);
 *   strava.subscribe("http://localhost:5000/webhook");
 *   SimulatedActivity run = strava.upload(SimulatedActivity.run(7).name("Canal").build());
 * }
 * }</pre>
 *
 * <p>It is a Camel application of its own; several can run in one process. Thread-safe.
 */
public final class FakeStrava implements AutoCloseable {

  private static final List<String> ROUTES =
      List.of("answers", "oauth", "subscriptions", "api", "web", "control");
  private static final int WORKERS = 16;
  private static final int BEFORE_ROUTES = -1;

  private final FakeStravaOptions options;
  private final Application application;
  private final Accounts accounts;
  private final Grants grants;
  private final RateLimits limits;
  private final SimulatedActivities activities = new SimulatedActivities();
  private final RequestLog log;
  private final Faults faults = new Faults();
  private final Subscriptions subscriptions;
  private final ExportPolicy exportPolicy;
  private final Vertx vertx;
  private final WebhookSender sender;
  private final CallbackCheck callbackCheck;
  private final ActivityEvents events;
  private final OAuthPages pages;
  private final TemporaryFolder uploads = new TemporaryFolder();
  private final UploadApi uploadApi;
  private final CamelContext camel;
  private final int port;

  private FakeStrava(FakeStravaOptions options) {
    this.options = options;
    String secret = options.clientSecret().isEmpty() ? randomSecret() : options.clientSecret();
    this.application = new Application(options.clientId(), secret);
    this.accounts = new Accounts(options.clock());
    this.grants =
        new Grants(options.clock(), options.tokenLifetime(), options.rotatingRefreshTokens());
    this.limits = new RateLimits(options.clock(), options.overallLimit(), options.readLimit());
    this.log = new RequestLog(options.logSize());
    this.subscriptions = new Subscriptions(options.clock());
    this.exportPolicy = new ExportPolicy(options.bearerExport(), options.cdnExport());
    this.vertx = Vertx.vertx(vertxOptions());
    this.sender =
        new WebhookSender(vertx, subscriptions, rules(options), options.clock(), options.logSize());
    this.callbackCheck = new CallbackCheck(vertx, options.callbackTimeout());
    this.events = new ActivityEvents(grants, sender, options.clock());
    this.uploadApi = new UploadApi(activities, events, uploads, vertx);
    this.pages = new OAuthPages(application, accounts, grants, options.callbackDomain());
    this.camel = new DefaultCamelContext();
    this.port = startCamel();
  }

  /** Starts on a free port with the defaults of {@link FakeStravaOptions#builder()}. */
  public static FakeStrava start() {
    return start(FakeStravaOptions.builder().build());
  }

  /**
   * Starts; on return, requests are answered.
   *
   * @throws IllegalStateException on failure, such as a port in use
   */
  public static FakeStrava start(FakeStravaOptions options) {
    return new FakeStrava(options);
  }

  private static String randomSecret() {
    byte[] value = new byte[20];
    new SecureRandom().nextBytes(value);
    return HexFormat.of().formatHex(value);
  }

  private static VertxOptions vertxOptions() {
    FileSystemOptions noFiles =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return new VertxOptions()
        .setEventLoopPoolSize(2)
        .setWorkerPoolSize(WORKERS)
        .setInternalBlockingPoolSize(2)
        .setFileSystemOptions(noFiles);
  }

  private static DeliveryRules rules(FakeStravaOptions options) {
    return new DeliveryRules(
        options.callbackTimeout(),
        options.deliveryAttempts(),
        options.deliverySpacing(),
        options.deliveryConnections(),
        options.signingSecret());
  }

  private int startCamel() {
    try {
      requireFreePort();
      beans().forEach(camel.getRegistry()::bind);
      camel.disableJMX();
      camel.getCamelContextExtension().setName("fake-strava");
      camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
      MainHttpServer server = new MainHttpServer();
      server.setHost(options.host());
      server.setPort(options.port());
      // Vert.x creates a folder for uploads when a form arrives, in the working directory by
      // default
      server.setFileUploadDirectory(uploads.path());
      camel.addService(server);
      for (String name : ROUTES) {
        String location = "classpath:simulator/" + name + ".camel.yaml";
        Resource resource = PluginHelper.getResourceLoader(camel).resolveResource(location);
        PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
      }
      camel.start();
      VertxPlatformHttpRouter router = server.getRouter();
      router.route().order(BEFORE_ROUTES).handler(new FrontDoor(log, faults, options.clock()));
      return router.getServer().getPort();
    } catch (Exception problem) {
      close();
      throw new IllegalStateException(
          "the fake Strava cannot start on " + options.host() + ":" + options.port(), problem);
    }
  }

  /** The platform's server only logs a warning when it cannot listen. */
  private void requireFreePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(options.host(), options.port()));
    }
  }

  private Map<String, Object> beans() {
    ActivityCache cache = new ActivityCache();
    Map<String, Object> beans =
        new HashMap<>(
            Map.of(
                "vertx", vertx,
                "requests", new Request.Reader(),
                "replies", new Reply.Writer(),
                "api-gate", new ApiGate(application, grants, limits),
                "athlete-api", new AthleteApi(accounts, activities, cache, log),
                "oauth-pages", pages,
                "oauth-api",
                    new OAuthApi(
                        application,
                        accounts,
                        grants,
                        events,
                        options.athleteLimit(),
                        options.clock()),
                "web-export", new WebExport(accounts, grants, activities, cache, exportPolicy),
                "subscription-api", new SubscriptionApi(application, subscriptions, callbackCheck),
                "control-api", new ControlApi(this)));
    beans.put("upload-api", uploadApi);
    return beans;
  }

  /** Stops the fake. */
  @Override
  public void close() {
    camel.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    uploads.delete();
  }

  // addresses

  /** The API, for {@code strava.api-url}. */
  public URI apiUrl() {
    return webUrl().resolve("/api/v3");
  }

  /** OAuth, for {@code strava.oauth-url}. */
  public URI oauthUrl() {
    return webUrl().resolve("/oauth");
  }

  /** The web site, for {@code strava.web-url}. */
  public URI webUrl() {
    return URI.create("http://" + options.host() + ":" + port);
  }

  /** The API application's id. */
  public int clientId() {
    return application.clientId();
  }

  /** The API application's secret. */
  public String clientSecret() {
    return application.clientSecret();
  }

  /** The fake's current time. */
  public Instant now() {
    return options.clock().instant();
  }

  // athletes

  /** Adds an athlete, replacing one with the same id. */
  public SimulatedAthlete addAthlete(SimulatedAthlete athlete) {
    accounts.add(athlete);
    return athlete;
  }

  /** Adds an athlete by name. */
  public SimulatedAthlete addAthlete(long id, String firstname, String lastname) {
    return addAthlete(SimulatedAthlete.named(id, firstname, lastname));
  }

  /**
   * Grants permission without a browser.
   *
   * @param scope the granted scopes, separated by commas
   * @return the authorization code, which is valid once
   */
  public String authorize(long athleteId, String scope) {
    return grants.issueCode(accounts.get(athleteId).id(), Scopes.parse(scope));
  }

  /** Connects an athlete with {@code read,activity:read_all}, without a browser or a code. */
  public AthleteTokens connect(long athleteId) {
    return grants.grant(accounts.get(athleteId).id(), Scopes.USUAL);
  }

  /**
   * Connects an athlete without a browser or a code; earlier tokens are revoked.
   *
   * @param scope the granted scopes, separated by commas
   */
  public AthleteTokens connect(long athleteId, String scope) {
    return grants.grant(accounts.get(athleteId).id(), Scopes.parse(scope));
  }

  /** The athlete's current tokens; empty if not connected. */
  public Optional<AthleteTokens> tokensOf(long athleteId) {
    return grants.tokens(athleteId);
  }

  /** Expires the athlete's access tokens now; the refresh token stays valid. */
  public void expireAccessToken(long athleteId) {
    grants.expire(athleteId);
  }

  /** Disconnects the application, as the athlete may on the web site; sends an event. */
  public void revoke(long athleteId) {
    if (grants.revoke(athleteId)) {
      events.deauthorized(athleteId);
    }
  }

  /** From now on the athlete grants all requested scopes without seeing the consent page. */
  public void consentAutomatically(long athleteId) {
    consent(new Consent(accounts.get(athleteId).id(), true, Optional.empty()));
  }

  /**
   * From now on the athlete grants just these scopes without seeing the consent page.
   *
   * @param scope separated by commas
   */
  public void consentAutomatically(long athleteId, String scope) {
    Set<String> ticked = Scopes.parse(scope);
    consent(new Consent(accounts.get(athleteId).id(), true, Optional.of(ticked)));
  }

  /** From now on the athlete denies access without seeing the consent page. */
  public void refuseAutomatically(long athleteId) {
    consent(new Consent(accounts.get(athleteId).id(), false, Optional.empty()));
  }

  private void consent(Consent consent) {
    pages.automatic(Optional.of(consent));
  }

  /** Opens a browser session and returns the value of its {@code _strava4_session} cookie. */
  public String sessionCookie(long athleteId) {
    return accounts.openSession(athleteId);
  }

  /**
   * The cookies of a remembered login: {@code strava_remember_id=...; strava_remember_token=...};
   * the token is a JWT that expires in 30 days.
   */
  public String rememberCookies(long athleteId) {
    return "strava_remember_id=%d; strava_remember_token=%s"
        .formatted(athleteId, accounts.rememberToken(athleteId));
  }

  /** Ends all browser sessions and remembered logins of an athlete. */
  public void expireSessions(long athleteId) {
    accounts.closeSessions(athleteId);
  }

  // activities

  /** Uploads an activity, replacing one with the same id; sends an event. */
  public SimulatedActivity upload(SimulatedActivity activity) {
    SimulatedActivity stored = uploadSilently(activity);
    events.created(stored);
    return stored;
  }

  /** Uploads an activity without sending an event. */
  public SimulatedActivity uploadSilently(SimulatedActivity activity) {
    return activities.store(activity);
  }

  /** Sets how long uploads by the API are processed. */
  public void setProcessingTime(Duration time) {
    uploadApi.processingTime(time);
  }

  /** Ends the next upload by the API with this error, which may contain HTML. */
  public void refuseNextUpload(String error) {
    uploadApi.refuseNext(error);
  }

  /** The activities of an athlete, oldest first. */
  public List<SimulatedActivity> activities(long athleteId) {
    return activities.all(athleteId);
  }

  /** The activity with an id; empty if there is none. */
  public Optional<SimulatedActivity> activity(long id) {
    return activities.find(id);
  }

  /**
   * Changes an activity; sends an event for title, type and privacy, as the scope allows.
   *
   * @throws IllegalArgumentException if there is no such activity
   */
  public SimulatedActivity update(long id, UnaryOperator<SimulatedActivity.Builder> change) {
    SimulatedActivity before =
        activities.find(id).orElseThrow(() -> new IllegalArgumentException("no activity " + id));
    SimulatedActivity after = activities.store(change.apply(before.toBuilder()).id(id).build());
    events.updated(before, after);
    return after;
  }

  /** Deletes an activity and sends an event; does nothing if there is none. */
  public void delete(long id) {
    activities.remove(id).ifPresent(events::deleted);
  }

  // webhooks

  /** Subscribes a callback without checking it, replacing any other. */
  public Subscription subscribe(String callbackUrl) {
    return subscriptions.put(callbackUrl);
  }

  /** The application's subscription. */
  public Optional<Subscription> subscription() {
    return subscriptions.current();
  }

  /** Ends the subscription, as Strava may. */
  public void unsubscribe() {
    subscriptions.current().ifPresent(found -> subscriptions.remove(found.id()));
  }

  /** Posts an event to the subscriber, whether or not anything happened. */
  public void deliver(WebhookEvent event) {
    deliver(List.of(event));
  }

  /** Posts many events to the subscriber, as fast as the connections allow. */
  public void deliver(List<WebhookEvent> all) {
    sender.sendAll(all);
  }

  /** Posts any text to the subscriber as if it were an event. */
  public void deliverRaw(String body) {
    subscriptions.current().ifPresent(found -> sender.post(found.callbackUrl(), List.of(body)));
  }

  /** The attempts to post events, oldest first. */
  public List<WebhookDelivery> deliveries() {
    return sender.log();
  }

  /** The number of events neither accepted nor given up. */
  public long unsettledEvents() {
    return sender.unsettled();
  }

  /** The number of events given up after their last attempt. */
  public long droppedEvents() {
    return sender.dropped();
  }

  // received requests

  /** The requests received, in order of arrival, without those to {@code /fake}. */
  public List<RecordedRequest> requests() {
    return log.all();
  }

  /**
   * The number of requests received.
   *
   * @param method such as {@code GET}
   * @param path with {@code *} for anything in one segment and {@code **} for anything
   */
  public long count(String method, String path) {
    return log.count(method, new PathPattern(path));
  }

  /** When an activity's details were first requested, by the machine's clock. */
  public Optional<Instant> firstDetailsRequest(long activityId) {
    return log.firstDetails(activityId);
  }

  /** The time from the first post of an activity's first event to the first request for details. */
  public Optional<Duration> eventToFirstRequest(long activityId) {
    String marker = "\"object_id\":" + activityId + ",";
    Optional<Instant> sent =
        deliveries().stream()
            .filter(delivery -> delivery.body().contains(marker))
            .map(WebhookDelivery::sentAt)
            .findFirst();
    return sent.flatMap(at -> firstDetailsRequest(activityId).map(to -> Duration.between(at, to)));
  }

  /** Clears the log of requests. */
  public void clearRequests() {
    log.clear();
  }

  // faults

  /** Arms a fault; faults armed earlier take precedence. */
  public ArmedFault arm(FaultRule rule) {
    return faults.arm(rule);
  }

  /** Arms a fault that strikes every request to these paths. */
  public ArmedFault arm(String path, Fault fault) {
    return arm(FaultRule.on(path, fault));
  }

  /** Disarms all faults. */
  public void disarmFaults() {
    faults.disarmAll();
  }

  /**
   * Makes the API respond with 403 for the application, or ends that; tokens can be refreshed all
   * the same.
   */
  public void setApplicationActive(boolean active) {
    application.active(active);
  }

  /** Uses up API requests, as if another process had made them. */
  public void useUpRequests(int requests) {
    limits.count(requests);
  }

  /** Resets the usage of API requests. */
  public void resetRateLimits() {
    limits.reset();
  }

  /** Sets the response of the export without a browser session. */
  public void setBearerExport(BearerExport behaviour) {
    exportPolicy.bearerExport(behaviour);
  }

  /** Sets whether the export redirects to another host name for the file. */
  public void setCdnExport(boolean redirect) {
    exportPolicy.byOtherHost(redirect);
  }
}
