package io.fitroute.runtime;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.fitroute.delivery.Deliveries;
import io.fitroute.delivery.Delivery;
import io.fitroute.delivery.Resends;
import io.fitroute.delivery.Sinks;
import io.fitroute.delivery.StateFile;
import io.fitroute.export.ExportFolder;
import io.fitroute.export.Exports;
import io.fitroute.http.ErrorMessages;
import io.fitroute.http.GuardedVertx;
import io.fitroute.http.Health;
import io.fitroute.http.HttpErrors;
import io.fitroute.http.MediaTypes;
import io.fitroute.inbox.EventLog;
import io.fitroute.inbox.Inbox;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.LedgerUnavailable;
import io.fitroute.monitoring.LedgerProbe;
import io.fitroute.monitoring.Metrics;
import io.fitroute.monitoring.ReadinessCheck;
import io.fitroute.monitoring.Warnings;
import io.fitroute.notice.Announcements;
import io.fitroute.notice.Notices;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.oauth.AthleteConnector;
import io.fitroute.strava.oauth.ConfiguredTokens;
import io.fitroute.strava.oauth.TokenEndpoint;
import io.fitroute.strava.oauth.TokenGrant;
import io.fitroute.strava.oauth.TokenRefreshLocks;
import io.fitroute.strava.oauth.TokenStore;
import io.fitroute.strava.oauth.Tokens;
import io.fitroute.strava.subscription.Callback;
import io.fitroute.strava.upload.Upload;
import io.fitroute.system.SystemServices;
import io.fitroute.transfer.RawResponses;
import io.fitroute.vault.UnreadableSecret;
import io.fitroute.vault.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** The running program: the ledger, the beans used by routes, and the routes. */
public final class Service implements AutoCloseable {

  private final Settings settings;
  private final Path home;
  private final Sinks sinks;
  private final SystemServices services;
  private final Main main;
  private final int webhookPort;
  private final int adminPort;
  private final Ledger ledger;
  private final Inbox inbox;
  private final Deliveries deliveries;
  private final Vault vault;
  private final TokenRefreshLocks tokenRefreshLocks;
  private final Leadership leadership;
  private final Athletes athletes;
  private final TokenStore tokenStore;
  private final AthleteConnector athleteConnector;
  private final Announcements announcements;
  private final Notices notices;
  private final ApiApplication application;
  private final Callback callback;
  private final Warnings warnings;
  private final Optional<ServiceLock> lock;
  private final Optional<GuardedVertx> vertx;

  /** Camel's servers accept requests before the routes behind them have started. */
  private volatile boolean started;

  /**
   * Prepares the start.
   *
   * @param main receives the beans used by routes
   */
  Service(Settings given, Path home, RunMode mode, Main main, SystemServices services) {
    this.main = main;
    this.home = home;
    this.services = services;
    Clock clock = services.clock();
    sinks = new Sinks(given);
    if (mode.works()) {
      sinks.require();
      Exports.require(given);
      new RouteFiles(home).requireUnique();
    }
    boolean administers = mode == RunMode.SERVE;
    webhookPort =
        mode.serves()
            ? Ports.usable("webhook.port", given.text("webhook.host"), given.port("webhook.port"))
            : 0;
    adminPort =
        administers
            ? Ports.usableBeside(
                webhookPort, "admin.port", given.text("admin.host"), given.port("admin.port"))
            : 0;
    settings = mode.serves() ? onPorts(given) : given;
    Path data = settings.path("data.dir");
    ledger = LedgerFile.open(settings, services);
    DataFolder.make(data);
    DataVault.keyFiles(settings).forEach(DataFolder::warnOfReaders);
    vault = opened();
    lock = mode.works() ? Optional.of(ServiceLock.take(data)) : Optional.empty();
    inbox = new Inbox(ledger, services);
    tokenRefreshLocks =
        new TokenRefreshLocks(
            ledger, settings.duration("strava.timeout").multipliedBy(2), services);
    if (isOnlyWorker() && isLedgerIn(data)) {
      inbox.leases().takeOver();
      tokenRefreshLocks.takeOver();
    }
    leadership =
        new Leadership(ledger, Ledger.file(settings.text("database.url")).isEmpty(), services);
    athletes = new Athletes(ledger, clock);
    tokenStore = new TokenStore(ledger, vault, clock);
    athleteConnector = OAuthCallbackListener.athleteConnector(settings, ledger, vault, services);
    announcements = new Announcements(settings.secret("notify.url"), settings.list("notify.on"));
    notices = new Notices(ledger, announcements, clock);
    application = ApiApplication.of(settings);
    callback = new Callback(application, publicWebhook(), settings.secret("strava.verify-token"));
    warnings = new Warnings(settings, athletes, notices);
    deliveries = new Deliveries(ledger, settings.list("fit.sinks"), clock, listeners());
    vertx = mode.serves() ? Optional.of(vertx()) : Optional.empty();
    bind(emptied(data.resolve("exports"), isOnlyWorker()));
    lock.ifPresent(ServiceLock::share);
    Properties properties = mode.properties(settings, home);
    properties.putAll(sinks.properties());
    main.setOverrideProperties(properties);
    main.setDefaultPropertyPlaceholderLocation("false");
    // Camel's own strategy adds a hook for SIGTERM, for which ours has been seen to wait
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
  }

  private Vault opened() {
    try {
      return DataVault.open(settings, ledger, services);
    } catch (UnreadableSecret e) {
      ledger.close();
      throw e;
    }
  }

  /** Whether the ledger is in this data folder; for one elsewhere, its other users are unknown. */
  private boolean isLedgerIn(Path data) {
    return Ledger.file(settings.text("database.url"))
        .map(file -> file.toAbsolutePath().normalize().getParent())
        .filter(data.toAbsolutePath().normalize()::equals)
        .isPresent();
  }

  private Optional<URI> publicWebhook() {
    return settings
        .optionalText("webhook.public-url")
        .map(url -> URI.create(url + settings.text("webhook.path")));
  }

  /** Applies the actual ports, so that derived settings use them. */
  private Settings onPorts(Settings given) {
    return given.with(
        Map.of(
            "webhook.port", Integer.toString(webhookPort),
            "admin.port", Integer.toString(adminPort)));
  }

  /**
   * Starts the program.
   *
   * @param home the folder of the launcher, which contains the routes
   * @throws CannotStart on failure
   */
  public static Service start(Settings settings, Path home, RunMode mode) {
    return start(settings, home, mode, SystemServices.ofJdk());
  }

  /** As {@link #start(Settings, Path, RunMode)}, with services that a simulation can replace. */
  public static Service start(Settings settings, Path home, RunMode mode, SystemServices services) {
    Service service = new Service(settings, home, mode, new Main(), services);
    try {
      service.main.start();
      if (mode.works()) {
        DirectCalls.require(service.context());
      }
      service.vertx.ifPresent(running -> service.completeServers());
      service.started = true;
      return service;
    } catch (Exception e) {
      String reason =
          EditingMistake.atStart(service.context(), e)
              .map(EditingMistake::getMessage)
              .orElseGet(() -> rootOf(e));
      Optional<CannotStart> name = service.refusalOfFileName();
      service.close();
      if (name.isPresent()) {
        throw name.get();
      }
      throw new CannotStart("the routes do not start: " + reason, false, e);
    }
  }

  /** Camel rejects an invalid expression at the start without naming the setting. */
  private Optional<CannotStart> refusalOfFileName() {
    String name = settings.text("fit.file-name");
    try {
      context().resolveLanguage("simple").createExpression(name).init(context());
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(
          new CannotStart(
              "fit.file-name is "
                  + name
                  + ", which Camel does not understand ("
                  + ErrorMessages.of(e)
                  + "); allowed: text with variables such as ${variable.activity_id}.fit",
              e));
    }
  }

  /** Starts to reload routes and kamelets when their files change. */
  public void followFiles() {
    Properties properties = RunMode.SERVE.properties(settings, home);
    RouteReloading.begin(
        context(),
        properties.getProperty("camel.main.routes-include-pattern", ""),
        properties.getProperty("camel.component.kamelet.location", ""),
        services);
  }

  private void completeServers() {
    new HttpErrors(settings.bytes("webhook.max-body-size")).install(context());
    MediaTypes.install(context());
    vertx.ifPresent(running -> running.install(context()));
    context()
        .getRegistry()
        .findByType(MeterRegistry.class)
        .forEach(new Metrics(inbox, ledger)::addTo);
  }

  private static String rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return ErrorMessages.of(root);
  }

  /**
   * A request holds a worker until its event is committed, and waiting requests share a commit. No
   * files are served, so no cache folder is needed, which a killed service would leave behind.
   */
  private GuardedVertx vertx() {
    return new GuardedVertx(
        Vertx.vertx(
            new VertxOptions()
                .setWorkerPoolSize(64)
                .setEventLoopPoolSize(2)
                .setInternalBlockingPoolSize(4)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false))),
        settings.duration("webhook.idle-timeout"),
        FileDescriptors.connections(settings.integer("webhook.connections")));
  }

  /** Binds what the beans in route files are built from. */
  private void bind(Path exportsFolder) {
    Clock clock = services.clock();
    TokenEndpoint endpoint = this::refresh;
    ConfiguredTokens configuredTokens =
        new ConfiguredTokens(ledger, tokenStore, vault, tokenRefreshLocks, endpoint, clock);
    configuredTokens.store(
        settings.secret("strava.access-token"), settings.secret("strava.refresh-token"));
    main.bind("systemServices", services);
    main.bind("settings", settings);
    main.bind("ledger", ledger);
    main.bind("clock", clock);
    main.bind("inboxOfLedger", inbox);
    main.bind("eventLogOfLedger", new EventLog(ledger, clock));
    main.bind("notices", notices);
    main.bind("announcements", announcements);
    main.bind("leadership", leadership);
    main.bind("apiApplication", application);
    main.bind("callback", callback);
    main.bind("athletes", athletes);
    main.bind("athleteConnector", athleteConnector);
    main.bind("tokenStore", tokenStore);
    main.bind("configuredTokens", configuredTokens);
    main.bind(
        "tokens",
        new Tokens(athletes, tokenStore, configuredTokens, tokenRefreshLocks, endpoint, services));
    main.bind("sinks", sinks);
    main.bind("deliveries", deliveries);
    main.bind("exportFolder", new ExportFolder(exportsFolder, origins()));
    main.bind("rawResponses", new RawResponses(settings.duration("strava.timeout")));
    main.bind(
        "activity-details",
        Caffeine.newBuilder().maximumSize(200).expireAfterWrite(Duration.ofHours(2)).build());
    new HevyBeans(main, settings, ledger, clock).bind();
    bindHealth();
    vertx.ifPresent(running -> main.bind("vertx", running));
  }

  private void bindHealth() {
    List<ReadinessCheck> checks =
        List.of(
            new ReadinessCheck(
                "start", () -> started ? Optional.empty() : Optional.of("the service is starting")),
            new ReadinessCheck("ledger", new LedgerProbe(ledger, services)::trouble),
            new ReadinessCheck("progress", inbox.progress()::trouble));
    checks.forEach(check -> main.bind(check.getId() + "Check", check));
    main.bind("health", new Health(checks, warnings, services.clock()));
  }

  /** The listeners for deliveries. */
  private List<Consumer<Delivery>> listeners() {
    Optional<StateFile> stateFile =
        settings
            .optionalPath("state.file")
            .map(file -> new StateFile(file, settings.path("download.base-dir"), ledger, services));
    stateFile.ifPresent(StateFile::write);
    return stateFile.<List<Consumer<Delivery>>>map(List::of).orElse(List.of());
  }

  /** The names under which files are put into the folder of exports. */
  private List<String> origins() {
    List<String> origins = new ArrayList<>(settings.list("fit.exports"));
    origins.addAll(List.of(Resends.ORIGIN, Upload.ORIGIN));
    return origins;
  }

  /** Deletes files of a process that died during an export; they are fetched again. */
  private static Path emptied(Path folder, boolean ours) {
    try {
      Files.createDirectories(folder);
      if (!ours) {
        return folder;
      }
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.part")) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new CannotStart("the folder " + folder + " cannot be used: " + e.getMessage(), e);
    }
  }

  private TokenGrant refresh(String refreshToken) {
    return ask("direct:refresh-tokens", refreshToken, Map.of(), TokenGrant.class);
  }

  /**
   * Calls a route and waits for it.
   *
   * @return the resulting body
   * @throws RuntimeException the route's failure
   */
  <T> T ask(String route, Object body, Map<String, Object> variables, Class<T> answer) {
    return answer(send(route, body, variables), answer);
  }

  /** As {@link #ask}, but returns the complete exchange, including a failure. */
  Exchange send(String route, Object body, Map<String, Object> variables) {
    return send(route, body, variables, Map.of());
  }

  /** As {@link #send(String, Object, Map)}, with headers. */
  Exchange send(
      String route, Object body, Map<String, Object> variables, Map<String, Object> headers) {
    try (ProducerTemplate template = context().createProducerTemplate()) {
      return template.request(
          route,
          question -> {
            variables.forEach(question::setVariable);
            headers.forEach(question.getMessage()::setHeader);
            question.getMessage().setBody(body);
          });
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * The body of a route's result.
   *
   * @throws RuntimeException the route's failure
   */
  static <T> T answer(Exchange exchange, Class<T> type) {
    Exception failure = exchange.getException();
    if (failure != null) {
      throw failure instanceof RuntimeException known
          ? known
          : new CamelExecutionException("the route failed", exchange, failure);
    }
    return exchange.getMessage().getBody(type);
  }

  public CamelContext context() {
    return main.getCamelContext();
  }

  public int webhookPort() {
    return webhookPort;
  }

  public int adminPort() {
    return adminPort;
  }

  SystemServices services() {
    return services;
  }

  public Inbox inbox() {
    return inbox;
  }

  public Ledger ledger() {
    return ledger;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  Sinks sinks() {
    return sinks;
  }

  public Athletes athletes() {
    return athletes;
  }

  public TokenStore tokenStore() {
    return tokenStore;
  }

  Callback callback() {
    return callback;
  }

  Notices notices() {
    return notices;
  }

  AthleteConnector athleteConnector() {
    return athleteConnector;
  }

  public Warnings warnings() {
    return warnings;
  }

  /** Whether no other process worked on the events of its data folder when this one started. */
  public boolean isOnlyWorker() {
    return lock.filter(ServiceLock::isAlone).isPresent();
  }

  private void resign() {
    try {
      leadership.resign();
    } catch (LedgerUnavailable away) {
      // another service takes over after a while
    }
  }

  /** Finishes the work in progress and stops. */
  @Override
  public void close() {
    main.stop();
    vertx.ifPresent(running -> running.close().toCompletionStage().toCompletableFuture().join());
    resign();
    ledger.close();
    lock.ifPresent(ServiceLock::close);
  }
}
