package io.fitroute.chaos;

import io.fitroute.ledger.Database;
import io.fitroute.simulator.ArmedFault;
import io.fitroute.simulator.BearerExport;
import io.fitroute.simulator.FakeStrava;
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.RateLimit;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The environment of a run: a fake Strava, the services, their ledger and their folder. */
final class World implements AutoCloseable {

  /** The services' time-out for Strava. */
  static final Duration STRAVA_TIMEOUT = Duration.ofSeconds(4);

  /** The maximum delay before Strava processes a request, longer than the time-out. */
  static final Duration LONGEST_DELAY = STRAVA_TIMEOUT.plusSeconds(1);

  /**
   * Services refresh tokens ten minutes before they expire, so these are refreshed every few
   * seconds.
   */
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(10).plusSeconds(5);

  /** The length of a service's leases. */
  static final Duration LEASE = Duration.ofSeconds(5);

  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final String KEY = "data.key";
  private static final int PLENTY = 1_000_000;

  private final FakeStrava strava;
  private final Path folder;
  private final OnDelete onDelete;
  private final List<Path> dataFolders;
  private final LedgerView ledger;
  private final List<ServiceProcess> services;
  private final Balancer balancer;
  private final Chronicle chronicle = new Chronicle();
  private final Watch watch;
  private final List<WebhookEvent> outbox = new ArrayList<>();
  private final List<WebhookEvent> late = new ArrayList<>();
  private final List<ArmedFault> armed = new ArrayList<>();
  private final List<ArmedFault> rateLimits = new ArrayList<>();
  private final List<Instant> kills = new ArrayList<>();
  private final List<Interruption> interruptions = new ArrayList<>();
  private final List<Violation> troubles = new ArrayList<>();

  /**
   * @param home the folder with {@code application.properties} and {@code routes/}
   * @param folder an empty folder
   * @param onDelete the handling of files of deleted activities
   */
  World(Path home, Path folder, Scale scale, OnDelete onDelete) throws IOException {
    this.folder = folder;
    this.onDelete = onDelete;
    this.strava = FakeStrava.start(options(scale));
    boolean shareData = scale.database() == Database.SQLITE;
    this.dataFolders =
        IntStream.range(0, scale.processes())
            .mapToObj(number -> folder.resolve(shareData ? "data" : "data-" + number))
            .toList();
    for (Path data : dataFolders) {
      Files.createDirectories(data);
    }
    this.ledger =
        new LedgerView(scale.database().url(dataFolders.get(0)), dataFolders.get(0).resolve(KEY));
    this.services =
        IntStream.range(0, scale.processes())
            .mapToObj(
                number ->
                    new ServiceProcess(
                        home, folder, "service-" + number, settings(dataFolders.get(number))))
            .toList();
    this.balancer = new Balancer(services.stream().map(ServiceProcess::port).toList());
    this.watch = new Watch(this);
  }

  private static FakeStravaOptions options(Scale scale) {
    return FakeStravaOptions.builder()
        .tokenLifetime(TOKEN_LIFE)
        .rotatingRefreshTokens(true)
        .bearerExport(BearerExport.ALLOWED)
        .overallLimit(new RateLimit(2 * scale.apiLimit(), PLENTY))
        .readLimit(new RateLimit(scale.apiLimit(), PLENTY))
        .deliveryAttempts(3)
        .deliverySpacing(Duration.ofSeconds(6))
        .build();
  }

  private Map<String, String> settings(Path data) {
    Map<String, String> settings = new HashMap<>();
    settings.put("FIT_SINKS", String.join(",", sinks().keySet()));
    settings.put("SINK_SECOND_TYPE", "file");
    settings.put("SINK_SECOND_DIRECTORY", sinks().get("second").toString());
    // few titles, so that many activities compete for a path
    settings.put("FIT_FILE_NAME", "${variable.yyyy}/${variable.title}.fit");
    settings.put("WEBHOOK_HOST", "127.0.0.1");
    settings.put("STRAVA_CLIENT_ID", Integer.toString(strava.clientId()));
    settings.put("STRAVA_CLIENT_SECRET", strava.clientSecret());
    settings.put("STRAVA_VERIFY_TOKEN", "word-of-the-run");
    settings.put("RECONCILE_SHARE", "0");
    settings.put("STRAVA_API_URL", strava.apiUrl().toString());
    settings.put("STRAVA_OAUTH_URL", strava.oauthUrl().toString());
    settings.put("STRAVA_WEB_URL", strava.webUrl().toString());
    settings.put("STRAVA_TIMEOUT", STRAVA_TIMEOUT.toSeconds() + "s");
    settings.put("DATA_DIR", data.toString());
    settings.put("DATABASE_URL", ledger.url());
    settings.put("DOWNLOAD_BASE_DIR", sinks().get("file").toString());
    settings.put("EXPORT_CREDENTIAL_PAUSE", "1s");
    settings.put("INBOX_LEASE", LEASE.toSeconds() + "s");
    // The schedule for failures outlasts all faults here; the other one is exhausted by every
    // deleted activity.
    settings.put("RETRY_FAILING", "200ms,400ms,800ms" + ",1s".repeat(20) + ",3s".repeat(20));
    settings.put("RETRY_NOT_READY", "200ms,400ms,800ms,1s");
    settings.put("ON_DELETE", onDelete.name().toLowerCase(Locale.ROOT));
    // A run deletes many activities at once; the brake has its own tests.
    settings.put("REMOVAL_BRAKE", "1000000");
    return settings;
  }

  /** Connects the athletes, creates the subscription, and starts the services. */
  void begin() {
    for (long athlete : Plan.ATHLETES) {
      strava.addAthlete(athlete, "Ann", "Example");
      ledger.connect(athlete, strava.connect(athlete));
    }
    shareKey();
    strava.subscribe("http://127.0.0.1:" + balancer.port() + "/webhook");
    startAll();
  }

  private void shareKey() {
    try {
      Path key = dataFolders.get(0).resolve(KEY);
      for (Path data : dataFolders) {
        if (!Files.exists(data.resolve(KEY))) {
          Files.copy(key, data.resolve(KEY), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts all stopped services and waits until all are ready. */
  void startAll() {
    for (int service = 0; service < services.size(); service++) {
      start(service);
    }
    for (int service = 0; service < services.size(); service++) {
      awaitReady(service);
    }
  }

  FakeStrava strava() {
    return strava;
  }

  Chronicle chronicle() {
    return chronicle;
  }

  LedgerView ledger() {
    return ledger;
  }

  Watch watch() {
    return watch;
  }

  OnDelete onDelete() {
    return onDelete;
  }

  /** The folders of the sinks. */
  Map<String, Path> sinks() {
    return new TreeMap<>(
        Map.of("file", folder.resolve("downloads"), "second", folder.resolve("second")));
  }

  List<Path> exports() {
    return dataFolders.stream().distinct().map(data -> data.resolve("exports")).toList();
  }

  /** The delivered activities that still exist; none while no service is running. */
  List<SimulatedActivity> delivered() {
    return isServed()
        ? ledger.deliveries().stream()
            .map(LedgerView.DeliveryRow::activityId)
            .distinct()
            .flatMap(id -> strava.activity(Long.parseLong(id)).stream())
            .toList()
        : List.of();
  }

  // events

  void tell(WebhookEvent event, boolean later) {
    (later ? late : outbox).add(event);
  }

  void tellLate() {
    outbox.addAll(late);
    late.clear();
  }

  void post() {
    strava.deliver(List.copyOf(outbox));
    outbox.clear();
  }

  // faults

  void arm(FaultRule rule) {
    ArmedFault fault = strava.arm(rule);
    armed.add(fault);
    if (FaultMix.isRateLimit(rule)) {
      rateLimits.add(fault);
    }
  }

  /** The number of requests struck by a fault. */
  int struck() {
    return armed.stream().mapToInt(ArmedFault::hits).sum();
  }

  /** The number of requests answered with 429 by a fault. */
  int rateLimitsStruck() {
    return rateLimits.stream().mapToInt(ArmedFault::hits).sum();
  }

  // services

  /** Applies a mishap to the services for a while; the ledger is not checked meanwhile. */
  void befall(Mishap mishap, int service, Duration time) {
    if (!services.get(service).isAlive()) {
      return;
    }
    Instant from = Instant.now();
    switch (mishap) {
      case FROZEN -> freeze(services.get(service), time);
      case FULL_DISK -> fillDisk(time);
      case LEDGER_GONE -> lose(time);
      case DATA_GONE -> hide(List.of(dataFolders.get(service)), time);
      default -> ledger.restartServer();
    }
    interruptions.add(new Interruption(mishap, from, Instant.now()));
  }

  private static void freeze(ServiceProcess service, Duration time) {
    service.freeze();
    sleep(time);
    service.thaw();
  }

  private void fillDisk(Duration time) {
    services.forEach(service -> service.limitFiles("4096"));
    sleep(time);
    services.forEach(service -> service.limitFiles("unlimited"));
  }

  /**
   * Deletes the ledger's files under running services and restores them after killing these;
   * nothing may have been acknowledged in between.
   */
  private void lose(Duration time) {
    List<ServiceProcess> alive = services.stream().filter(ServiceProcess::isAlive).toList();
    try {
      alive.forEach(ServiceProcess::freeze);
      for (Path file : ledger.files()) {
        if (Files.exists(file)) {
          Files.copy(file, hidden(file));
          Files.delete(file);
        }
      }
      alive.forEach(ServiceProcess::thaw);
      sleep(time);
      for (int service = 0; service < services.size(); service++) {
        kill(service);
      }
      for (Path file : ledger.files()) {
        Files.deleteIfExists(file);
        // other processes recreate it
        if (Files.exists(hidden(file)) && !file.toString().endsWith("-shm")) {
          Files.move(hidden(file), file);
        }
        Files.deleteIfExists(hidden(file));
      }
      startAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All services must have started, because one that starts meanwhile would create a new ledger.
   */
  private void hide(List<Path> files, Duration time) {
    for (int service = 0; service < services.size(); service++) {
      if (services.get(service).isAlive()) {
        awaitReady(service);
      }
    }
    try {
      List<Path> there = files.stream().filter(Files::exists).toList();
      for (Path file : there) {
        Files.move(file, hidden(file));
      }
      sleep(time);
      for (Path file : there) {
        Chaos.delete(file);
        Files.move(hidden(file), file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path hidden(Path file) {
    return file.resolveSibling(file.getFileName() + ".hidden");
  }

  /** The mishaps that did not kill services. */
  List<Interruption> interruptions() {
    return interruptions;
  }

  /**
   * A period during which services could not work.
   *
   * @param mishap the cause
   */
  record Interruption(Mishap mishap, Instant from, Instant to) {

    /** Whether it overlaps a period. */
    boolean touches(Instant begin, Instant end) {
      return from.isBefore(end) && to.isAfter(begin);
    }
  }

  void kill(int service) {
    if (services.get(service).isAlive()) {
      kills.add(Instant.now());
      services.get(service).kill();
    }
  }

  List<Instant> kills() {
    return kills;
  }

  void start(int service) {
    if (!services.get(service).isAlive()) {
      services.get(service).start();
    }
  }

  void awaitReady(int service) {
    Instant end = Instant.now().plus(LONGEST_START);
    while (!services.get(service).isReady()) {
      boolean alive = services.get(service).isAlive();
      if (!alive || Instant.now().isAfter(end)) {
        String what = alive ? " is not ready after " + LONGEST_START : " has ended by itself";
        String said = services.get(service).lastWords();
        troubles.add(
            Violation.of(
                Promise.RUNNING, services.get(service) + what + ", and said last: " + said));
        return;
      }
      pass(LOOK);
    }
  }

  /** Whether a service is running and uses the ledger. */
  boolean isServed() {
    return services.stream().anyMatch(ServiceProcess::isAlive);
  }

  /** Restarts a service gracefully. */
  void restart(int service) {
    stop(services.get(service));
    start(service);
    awaitReady(service);
  }

  /** Stops all services gracefully. */
  void stop() {
    services.forEach(this::stop);
  }

  private void stop(ServiceProcess service) {
    service.stop().ifPresent(how -> troubles.add(Violation.of(Promise.RUNNING, how)));
  }

  /** Problems of the services themselves. */
  List<Violation> troubles() {
    return troubles;
  }

  /** Lets time pass while checking the ledger. */
  void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    do {
      watch.look();
      long left = Math.min(LOOK.toNanos(), end - System.nanoTime());
      if (left > 0) {
        sleep(Duration.ofNanos(left));
      }
    } while (System.nanoTime() < end);
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    services.forEach(ServiceProcess::close);
    balancer.close();
    strava.close();
  }
}
