package io.fitroute.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fitroute.delivery.Deliveries;
import io.fitroute.delivery.Delivery;
import io.fitroute.delivery.DeliveryNews;
import io.fitroute.delivery.FilePlaces;
import io.fitroute.delivery.KeptExports;
import io.fitroute.delivery.Leftovers;
import io.fitroute.delivery.Owing;
import io.fitroute.delivery.Placements;
import io.fitroute.delivery.Removals;
import io.fitroute.delivery.Resends;
import io.fitroute.delivery.SinkKamelets;
import io.fitroute.delivery.SinkStanding;
import io.fitroute.delivery.StateFile;
import io.fitroute.delivery.Upgrades;
import io.fitroute.export.ExportFolder;
import io.fitroute.export.Exports;
import io.fitroute.fit.FileReceiver;
import io.fitroute.fit.FitCheck;
import io.fitroute.inbox.Housekeeping;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.Ladder;
import io.fitroute.inbox.Story;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.LedgerUnavailable;
import io.fitroute.notice.Announcements;
import io.fitroute.notice.Notices;
import io.fitroute.settings.Settings;
import io.fitroute.strava.Activities;
import io.fitroute.strava.AddressLimit;
import io.fitroute.strava.Admission;
import io.fitroute.strava.Application;
import io.fitroute.strava.Athletes;
import io.fitroute.strava.Budget;
import io.fitroute.strava.Callback;
import io.fitroute.strava.CallbackProbe;
import io.fitroute.strava.CodeAnswers;
import io.fitroute.strava.Deauthorizations;
import io.fitroute.strava.Handshake;
import io.fitroute.strava.Originals;
import io.fitroute.strava.Pauses;
import io.fitroute.strava.Problems;
import io.fitroute.strava.Renewals;
import io.fitroute.strava.Revocations;
import io.fitroute.strava.SessionCredential;
import io.fitroute.strava.Signatures;
import io.fitroute.strava.SportTypes;
import io.fitroute.strava.StravaAnswers;
import io.fitroute.strava.SubscriptionAnswers;
import io.fitroute.strava.SubscriptionKeeper;
import io.fitroute.strava.Subscriptions;
import io.fitroute.strava.TokenAnswers;
import io.fitroute.strava.TokenEndpoint;
import io.fitroute.strava.TokenGrant;
import io.fitroute.strava.TokenSeeds;
import io.fitroute.strava.TokenStore;
import io.fitroute.strava.Tokens;
import io.fitroute.strava.UnreadAnswers;
import io.fitroute.strava.WebhookEvents;
import io.fitroute.strava.streams.FitFromStreams;
import io.fitroute.strava.streams.SoftwareVersion;
import io.fitroute.strava.streams.StreamAnswers;
import io.fitroute.strava.streams.StreamsExport;
import io.fitroute.vault.UnreadableSecret;
import io.fitroute.vault.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** The running program: the ledger, the beans that routes name, and the routes. */
public final class Service implements AutoCloseable {

  /** What of the program runs. */
  public enum Role {
    /** All of it. */
    SERVE(true, true, List.of(), ""),
    /** The work on events, without any server. */
    WORK(
        false,
        true,
        List.of(),
        "**/strava-webhook.*,**/health.*,**/strava-connect.*,**/strava-watch.*"),
    /** The way in for athletes alone, beside whatever else runs. */
    CONNECT(true, false, List.of("errors", "strava-connect", "strava-tokens"), ""),
    /** What a command asks Strava itself, beside whatever else runs. */
    ASK(
        false,
        false,
        List.of("errors", "strava-api", "strava-tokens", "strava-subscription", "sink-probe"),
        "");

    private final boolean serves;
    private final boolean works;
    private final List<String> routes;
    private final String without;

    /**
     * @param serves whether it listens for requests
     * @param works whether it works on events
     * @param routes the files of routes that it needs, without their ending; empty for all
     * @param without those it does not need, as a pattern
     */
    Role(boolean serves, boolean works, List<String> routes, String without) {
      this.serves = serves;
      this.works = works;
      this.routes = routes;
      this.without = without;
    }
  }

  private final Settings settings;
  private final SinkKamelets sinks;
  private final Clock clock = Clock.systemUTC();
  private final Main main = new Main();
  private final int webhookPort;
  private final int adminPort;
  private final Ledger ledger;
  private final Inbox inbox;
  private final Deliveries deliveries;
  private final Vault vault;
  private final Renewals renewals;
  private final Leadership leadership;
  private final Athletes athletes;
  private final TokenStore tokenStore;
  private final Admission admission;
  private final Announcements announcements;
  private final Notices notices;
  private final Application application;
  private final Callback callback;
  private final Warnings warnings;
  private final Optional<ServiceLock> lock;
  private final Optional<GuardedVertx> vertx;

  private Service(Settings given, Path home, Role role) {
    sinks = new SinkKamelets(home.resolve("routes/kamelets"));
    if (role.works) {
      requireSinks(given);
    }
    boolean administers = role == Role.SERVE;
    webhookPort =
        role.serves
            ? Ports.usable("webhook.port", given.text("webhook.host"), given.port("webhook.port"))
            : 0;
    adminPort =
        administers
            ? Ports.usable("admin.port", given.text("admin.host"), given.port("admin.port"))
            : 0;
    settings = role.serves ? onPorts(given) : given;
    Path data = settings.path("data.dir");
    ledger = LedgerFile.open(settings);
    DataFolder.make(data);
    vault = opened();
    lock = role.works ? Optional.of(ServiceLock.take(data)) : Optional.empty();
    inbox = new Inbox(ledger, clock);
    renewals = new Renewals(ledger, settings.duration("strava.timeout").multipliedBy(2), clock);
    if (isOnlyWorker() && isLedgerIn(data)) {
      inbox.takeOver();
      renewals.takeOver();
    }
    leadership =
        new Leadership(ledger, Ledger.file(settings.text("database.url")).isEmpty(), clock);
    athletes = new Athletes(ledger, clock);
    tokenStore = new TokenStore(ledger, vault, clock);
    admission = Reception.admission(settings, ledger, vault, clock);
    announcements = new Announcements(settings.secret("notify.url"), settings.list("notify.on"));
    notices = new Notices(ledger, announcements, clock);
    application =
        new Application(
            settings.optionalText("strava.client-id"), settings.secret("strava.client-secret"));
    callback = new Callback(application, publicWebhook(), settings.secret("strava.verify-token"));
    warnings = new Warnings(settings, athletes, notices);
    deliveries =
        new Deliveries(ledger, settings.list("fit.sinks"), clock, listeners(settings, ledger));
    vertx = role.serves ? Optional.of(vertx()) : Optional.empty();
    bindStrava(data);
    bindNotices();
    bindRest();
    lock.ifPresent(ServiceLock::share);
    main.setOverrideProperties(properties(home, role));
    main.setDefaultPropertyPlaceholderLocation("false");
    // Camel's own strategy has a hook of its own for SIGTERM, in which ours has been seen to wait
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
  }

  private Vault opened() {
    try {
      return DataVault.open(settings, ledger);
    } catch (UnreadableSecret e) {
      ledger.close();
      throw e;
    }
  }

  /** Whoever works on a ledger that lies elsewhere cannot know who else does. */
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

  /** What derives from a port derives from the one that was found free. */
  private Settings onPorts(Settings given) {
    return given.with(
        Map.of(
            "webhook.port", Integer.toString(webhookPort),
            "admin.port", Integer.toString(adminPort)));
  }

  /**
   * Starts.
   *
   * @param home the folder of the launcher, where the routes are
   * @throws CannotStart if that is not possible
   */
  public static Service start(Settings settings, Path home, Role role) {
    Service service = new Service(settings, home, role);
    try {
      service.main.start();
      service.vertx.ifPresent(running -> service.completeServers());
      return service;
    } catch (Exception e) {
      service.close();
      throw new CannotStart("the routes do not start: " + rootOf(e), e);
    }
  }

  private void completeServers() {
    new HttpErrors(settings.bytes("webhook.max-body-size")).install(context());
    vertx.ifPresent(running -> running.install(context()));
    context()
        .getRegistry()
        .findByType(MeterRegistry.class)
        .forEach(new Metrics(inbox, ledger, clock)::addTo);
  }

  private static String rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Sentences.of(root);
  }

  private static List<Consumer<Delivery>> listeners(Settings settings, Ledger ledger) {
    Optional<StateFile> stateFile =
        settings
            .optionalPath("state.file")
            .map(file -> new StateFile(file, settings.path("download.base-dir"), ledger));
    stateFile.ifPresent(StateFile::write);
    return stateFile.<List<Consumer<Delivery>>>map(List::of).orElse(List.of());
  }

  /** No request holds a worker while it waits for its commit, so a few do for all. */
  private GuardedVertx vertx() {
    return new GuardedVertx(
        Vertx.vertx(
            new VertxOptions()
                .setWorkerPoolSize(8)
                .setEventLoopPoolSize(2)
                .setInternalBlockingPoolSize(4)),
        settings.duration("webhook.idle-timeout"),
        settings.integer("webhook.connections"));
  }

  private void bindStrava(Path data) {
    Problems problems = new Problems();
    Pauses pauses = new Pauses(ledger, clock);
    Budget budget = new Budget(ledger, pauses, settings.integer("budget.reserve"), clock);
    TokenEndpoint endpoint = this::refresh;
    TokenSeeds seeds = new TokenSeeds(ledger, tokenStore, vault, renewals, endpoint, clock);
    seeds.sow(settings.secret("strava.access-token"), settings.secret("strava.refresh-token"));
    Tokens tokens = new Tokens(athletes, tokenStore, seeds, renewals, endpoint, clock);
    boolean manualWanted = settings.choice("strava.manual").equals("include");
    SportTypes sportTypes = new SportTypes(settings.list("strava.sport-types"));
    main.bind("unreadAnswers", new UnreadAnswers());
    main.bind("application", application);
    main.bind("problems", problems);
    main.bind("webhookEvents", new WebhookEvents());
    main.bind("addressLimit", new AddressLimit(settings.integer("webhook.address-limit")));
    Subscriptions subscriptions = new Subscriptions(application, ledger, clock);
    main.bind("subscriptions", subscriptions);
    bindConnect(subscriptions);
    bindSubscription();
    main.bind(
        "signatures",
        new Signatures(
            Signatures.Mode.valueOf(settings.choice("webhook.signature").toUpperCase(Locale.ROOT)),
            settings.secret("webhook.signing-secret"),
            clock));
    main.bind(
        "housekeeping", new Housekeeping(ledger, settings.duration("retention.events"), clock));
    main.bind("handshake", new Handshake(settings.secret("strava.verify-token"), problems));
    main.bind("budget", budget);
    main.bind("athletes", athletes);
    main.bind("tokens", tokens);
    main.bind("tokenSeeds", seeds);
    main.bind("tokenAnswers", new TokenAnswers());
    StravaAnswers answers = new StravaAnswers(budget, athletes, notices);
    main.bind("stravaAnswers", answers);
    main.bind("streamAnswers", new StreamAnswers(answers));
    main.bind("sportTypes", sportTypes);
    Activities activities = new Activities(ledger, sportTypes, manualWanted, clock);
    main.bind("activities", activities);
    Cache<Object, Object> details =
        Caffeine.newBuilder().maximumSize(200).expireAfterWrite(Duration.ofHours(2)).build();
    main.bind("activity-details", details);
    FitCheck check = new FitCheck();
    Path exportsFolder = emptied(data.resolve("exports"), isOnlyWorker());
    ExportFolder exports = new ExportFolder(exportsFolder, origins());
    main.bind("exportFolder", exports);
    main.bind(
        "leftovers",
        new Leftovers(List.of(exportsFolder, settings.path("download.base-dir")), clock));
    main.bind(
        "resends",
        new Resends(
            deliveries,
            sink -> sinks.can(sink, "fetch"),
            sink -> sinks.can(sink, "look"),
            exports));
    main.bind(
        "streamsExport",
        new StreamsExport(new FitFromStreams(SoftwareVersion.ofProgram()), check, exports));
    main.bind(
        "originals",
        new Originals(
            settings.url("strava.web-url"),
            new SessionCredential(settings.secret("strava.session-cookie")),
            tokens,
            activities,
            pauses,
            settings.duration("export.credential-pause"),
            new FileReceiver(check, settings.bytes("export.max-size")),
            exports,
            clock));
  }

  /** Whatever leaves files in the folder of exports. */
  private List<String> origins() {
    List<String> origins = new ArrayList<>(settings.list("fit.exports"));
    origins.add(Resends.ORIGIN);
    return origins;
  }

  private void bindSubscription() {
    main.bind("callback", callback);
    main.bind("callbackProbe", new CallbackProbe(callback));
    main.bind("subscriptionAnswers", new SubscriptionAnswers(application));
    main.bind(
        "subscriptionKeeper",
        new SubscriptionKeeper(
            callback,
            SubscriptionKeeper.Leave.valueOf(
                settings.choice("webhook.subscription").toUpperCase(Locale.ROOT)),
            notices,
            clock));
  }

  private void bindNotices() {
    SinkStanding standing = new SinkStanding(ledger, clock);
    main.bind("announcements", announcements);
    main.bind("deliveryNews", new DeliveryNews(announcements, deliveries));
    main.bind("sinkStanding", standing);
    main.bind("lookout", new Lookout(settings, athletes, standing, notices, clock));
  }

  private void bindConnect(Subscriptions subscriptions) {
    main.bind("admission", admission);
    main.bind("codeAnswers", new CodeAnswers(application));
    main.bind("revocations", new Revocations(application, tokenStore));
    main.bind("pageHeaders", new PageHeaders());
    main.bind("connectPage", new ConnectPage(settings.list("strava.sport-types"), subscriptions));
  }

  private void bindRest() {
    main.bind("inboxOfLedger", inbox);
    main.bind("storyOfLedger", new Story(ledger, clock));
    main.bind("exports", new Exports(settings.list("fit.exports"), clock));
    main.bind("deliveries", deliveries);
    KeptExports kept =
        new KeptExports(
            ledger,
            settings.path("data.dir").resolve("exports"),
            settings.choice("fit.keep-foreign-originals").equals("true"),
            clock);
    main.bind("keptExports", kept);
    main.bind(
        "owing",
        new Owing(ledger, deliveries, kept, new Ladder(settings.ladder("retry.sink-down")), clock));
    main.bind("placements", new Placements(ledger, sink -> sinks.can(sink, "find"), clock));
    main.bind(
        "removals", new Removals(ledger, deliveries, settings.integer("removal.brake"), clock));
    main.bind("upgrades", new Upgrades(deliveries, settings.list("fit.sinks")));
    main.bind("leadership", leadership);
    main.bind("deauthorizations", new Deauthorizations(ledger, clock));
    main.bind(
        "filePlaces",
        new FilePlaces(
            settings.choice("fit.calendar").equals("utc"), followingSinks(), deliveries));
    main.bind("sentences", new Sentences());
    LedgerProbe probe = new LedgerProbe(ledger);
    main.bind("health", new Health(probe, warnings, clock));
    main.bind("ledgerCheck", new LedgerCheck(probe));
    main.bind("about", new About(settings.text("webhook.path")));
    vertx.ifPresent(running -> main.bind("vertx", running));
    main.bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, new AsynchronousHttpEngine());
  }

  /** Names only follow the title where they hold it, and where the sink has a way to rename. */
  private Set<String> followingSinks() {
    if (!settings.text("fit.file-name").contains("title")) {
      return Set.of();
    }
    return settings.list("fit.sinks").stream()
        .filter(sink -> sinks.can(sink, "move"))
        .collect(Collectors.toSet());
  }

  /** A name that is none would be noticed at the first delivery only. */
  private void requireSinks(Settings given) {
    String removal = given.choice("on-delete");
    for (String sink : given.list("fit.sinks")) {
      if (!sinks.names().contains(sink)) {
        throw new CannotStart(
            "fit.sinks names \""
                + sink
                + "\", and there is no kamelet fit-"
                + sink
                + "-sink; allowed: "
                + String.join(", ", sinks.names()));
      }
      sinks
          .obstacle(sink, given.asProperties())
          .ifPresent(
              obstacle -> {
                throw new CannotStart("fit.sinks names \"" + sink + "\", which " + obstacle);
              });
      if (!removal.equals("keep") && !sinks.can(sink, removal)) {
        throw new CannotStart(
            "on-delete is "
                + removal
                + ", and the sink "
                + sink
                + " has no kamelet fit-"
                + sink
                + "-"
                + removal
                + "; allowed: keep");
      }
    }
  }

  /** What lies here from before was being exported when the process died; it is fetched again. */
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

  private Properties properties(Path home, Role role) {
    Properties properties = settings.asProperties();
    properties.setProperty("fitroute.home", home.toString());
    properties.setProperty("connect.path", settings.url("strava.redirect-uri").getPath());
    // the settings have been read from the environment already
    properties.setProperty("camel.component.properties.environment-variable-mode", "0");
    if (!role.serves) {
      properties.setProperty("camel.server.enabled", "false");
    }
    if (role != Role.SERVE) {
      properties.setProperty("camel.management.enabled", "false");
    }
    if (!role.without.isEmpty()) {
      properties.setProperty("camel.main.routes-exclude-pattern", role.without);
    }
    if (!role.routes.isEmpty()) {
      properties.setProperty(
          "camel.main.routes-include-pattern",
          role.routes.stream()
              .map(name -> "file:" + home + "/routes/" + name + ".camel.yaml")
              .collect(Collectors.joining(",")));
    }
    return properties;
  }

  private TokenGrant refresh(String refreshToken) {
    return ask("direct:refresh-tokens", refreshToken, Map.of(), TokenGrant.class);
  }

  /**
   * Has a route do something, and waits for it.
   *
   * @return the body that it ends with
   * @throws RuntimeException the one that the route failed with
   */
  <T> T ask(String route, Object body, Map<String, Object> variables, Class<T> answer) {
    return answer(send(route, body, variables), answer);
  }

  /** As {@link #ask}, with all that the route ends with, its failure included. */
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
   * The body that a route ended with.
   *
   * @throws RuntimeException the one that it failed with
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

  CamelContext context() {
    return main.getCamelContext();
  }

  public int webhookPort() {
    return webhookPort;
  }

  public int adminPort() {
    return adminPort;
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

  Admission admission() {
    return admission;
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
      // the others find out by themselves
    }
  }

  /** Finishes what is in flight and stops. */
  @Override
  public void close() {
    main.stop();
    vertx.ifPresent(running -> running.close().toCompletionStage().toCompletableFuture().join());
    resign();
    ledger.close();
    lock.ifPresent(ServiceLock::close);
  }
}
