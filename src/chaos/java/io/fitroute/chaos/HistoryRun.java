package io.fitroute.chaos;

import io.fitroute.history.Batch;
import io.fitroute.inbox.EventState;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.DataVault;
import io.fitroute.settings.Settings;
import io.fitroute.simulator.AthleteTokens;
import io.fitroute.simulator.FakeStrava;
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.RateLimit;
import io.fitroute.simulator.RecordedRequest;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.strava.api.Budget;
import io.fitroute.strava.oauth.TokenGrant;
import io.fitroute.strava.oauth.TokenStore;
import io.fitroute.system.SystemServices;
import io.fitroute.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A service and a fake Strava with rate limits, on a fast clock: a long backfill with kills, or
 * weeks without a webhook and with outages.
 */
final class HistoryRun implements AutoCloseable {

  private static final long FIRST_ATHLETE = 4_455_667;
  private static final int RESERVE = 20;
  private static final RateLimit READS = new RateLimit(100, 1000);

  private final Path home;
  private final Path folder;
  private final int athletes;
  private final FastClock clock;
  private final FakeStrava strava;
  private final ServiceProcess service;
  private final Random random = new Random(1);

  /**
   * @param home the repository's folder
   * @param folder an empty folder
   * @param speed the speed of the clock
   */
  HistoryRun(Path home, Path folder, int athletes, long speed, boolean polls) throws IOException {
    this.folder = folder;
    this.athletes = athletes;
    this.home = quickened(home, folder.resolve("home"));
    clock = new FastClock(System.currentTimeMillis(), speed);
    strava =
        FakeStrava.start(
            FakeStravaOptions.builder()
                .clock(clock)
                .overallLimit(new RateLimit(200, 2000))
                .readLimit(READS)
                .logSize(1_000_000)
                .build());
    service =
        new ServiceProcess(
            this.home,
            folder,
            "service",
            settings(polls),
            List.of(
                "io.fitroute.chaos.FastService",
                Long.toString(clock.origin()),
                Long.toString(speed)));
    for (int i = 0; i < athletes; i++) {
      strava.addAthlete(FIRST_ATHLETE + i, "Ann", "Number " + i);
    }
  }

  /** The routes with timers adapted to the fast clock. */
  private static Path quickened(Path home, Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("routes"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(home.relativize(file).toString());
        Files.createDirectories(target.getParent());
        String text = Files.readString(file);
        Files.writeString(target, text.replace("period: \"2000\"", "period: \"50\""));
      }
    }
    Files.copy(
        home.resolve("application.properties"),
        copy.resolve("application.properties"),
        StandardCopyOption.REPLACE_EXISTING);
    return copy;
  }

  private Map<String, String> settings(boolean polls) {
    Map<String, String> settings = new HashMap<>();
    settings.put("WEBHOOK_HOST", "127.0.0.1");
    settings.put("STRAVA_CLIENT_ID", Integer.toString(strava.clientId()));
    settings.put("STRAVA_CLIENT_SECRET", strava.clientSecret());
    settings.put("STRAVA_API_URL", strava.apiUrl().toString());
    settings.put("STRAVA_OAUTH_URL", strava.oauthUrl().toString());
    settings.put("STRAVA_WEB_URL", strava.webUrl().toString());
    settings.put("STRAVA_TIMEOUT", "1h");
    settings.put("FIT_EXPORTS", "streams");
    settings.put("INBOX_LEASE", "12h");
    settings.put("RETENTION_DETAILS_DAYS", "0");
    settings.put("RECONCILE_SHARE", polls ? "10" : "0");
    return settings;
  }

  private Ledger ledger() {
    return Ledger.open("jdbc:sqlite:" + folder.resolve("data/fitroute.db"), "", "");
  }

  /** Starts the service once to create the ledger, and connects all athletes. */
  private void connect() {
    service.start();
    until(Duration.ofMinutes(2), service::isReady);
    service.kill();
    try (Ledger ledger = ledger()) {
      Vault vault = DataVault.open(loaded(), ledger, SystemServices.ofJdk());
      for (int i = 0; i < athletes; i++) {
        AthleteTokens tokens = strava.connect(FIRST_ATHLETE + i);
        new TokenStore(ledger, vault, clock)
            .connect(
                Long.toString(FIRST_ATHLETE + i),
                "Ann",
                new TokenGrant(
                    tokens.accessToken(),
                    tokens.refreshToken(),
                    tokens.expiresAt(),
                    Optional.empty()));
      }
    }
    service.start();
    until(Duration.ofMinutes(2), service::isReady);
  }

  private Settings loaded() {
    Map<String, String> environment = new HashMap<>(settings(false));
    environment.put("DATA_DIR", folder.resolve("data").toString());
    return Settings.load(environment, folder, home);
  }

  private static void until(Duration longest, BooleanSupplier condition) {
    Instant end = Instant.now().plus(longest);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("not within " + longest);
      }
      pause(20);
    }
  }

  private static void pause(long milliseconds) {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SimulatedActivity.Builder run(long athlete, Instant start) {
    return SimulatedActivity.run(athlete)
        .distance(300)
        .movingTime(Duration.ofSeconds(90))
        .start(start.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * The result of a backfill.
   *
   * @param refused the number of responses with 429
   * @param used the fraction used of the reads outside the reserve, while there was work
   * @param etaError the relative error of the first estimate of the end
   */
  record Backfilled(
      int delivered,
      int files,
      int kills,
      long refused,
      double used,
      double etaError,
      Duration took) {

    List<String> violations(int activities) {
      List<String> violations = new ArrayList<>();
      if (delivered != activities || files != activities) {
        violations.add("of " + activities + ", " + delivered + " delivered, " + files + " files");
      }
      if (refused > 0) {
        violations.add(refused + " requests were refused with 429");
      }
      if (used < 0.95) {
        violations.add("only %.3f of the reads were used".formatted(used));
      }
      if (etaError > 0.1) {
        violations.add("the end was foretold %.3f off".formatted(etaError));
      }
      return violations;
    }
  }

  /** Backfills one athlete with several kills. */
  Backfilled backfill(int activities, int kills) throws IOException {
    Instant last = clock.instant().minus(Duration.ofDays(1));
    for (int i = 0; i < activities; i++) {
      strava.uploadSilently(run(FIRST_ATHLETE, last.minus(Duration.ofHours(7L * i))).build());
    }
    connect();
    try (Ledger ledger = ledger()) {
      Instant begin = clock.instant();
      Batch.Options options = new Batch.Options(0, 0, List.of(), 0, 200, true, false);
      long id = Batch.begin(ledger, Long.toString(FIRST_ATHLETE), options, begin).id();
      until(Duration.ofMinutes(30), () -> batch(ledger, id).isListed());
      Instant listed = clock.instant();
      long left = batch(ledger, id).events(ledger.read()).get(EventState.PENDING);
      Instant foretold = Budget.finished(ledger, listed, 2 * left, RESERVE);
      for (int kill = 1; kill <= kills; kill++) {
        long until = left - left * kill / (kills + 1);
        until(
            Duration.ofHours(1),
            () -> batch(ledger, id).events(ledger.read()).get(EventState.PENDING) <= until);
        service.kill();
        service.start();
      }
      until(
          Duration.ofHours(1),
          () -> batch(ledger, id).events(ledger.read()).get(EventState.PENDING) == 0);
      Instant end = clock.instant();
      double whole = Duration.between(begin, foretold).toSeconds();
      return new Backfilled(
          batch(ledger, id).events(ledger.read()).get(EventState.DONE).intValue(),
          files(),
          kills,
          refused(),
          used(begin, end),
          Math.abs(Duration.between(foretold, end).toSeconds()) / whole,
          Duration.between(begin, end));
    }
  }

  private static Batch batch(Ledger ledger, long id) {
    return Batch.find(ledger.read(), id).orElseThrow();
  }

  private int files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("downloads"))) {
      return (int) files.filter(file -> file.toString().endsWith(".fit")).count();
    }
  }

  private long refused() {
    return strava.requests().stream().filter(request -> request.status() == 429).count();
  }

  private Stream<RecordedRequest> reads() {
    return strava.requests().stream()
        .filter(request -> request.path().startsWith("/api/v3/"))
        .filter(request -> !request.path().endsWith("/push_subscriptions"));
  }

  /**
   * The fraction of possible reads that were made, day by day; the first and last day count in
   * part.
   */
  private double used(Instant begin, Instant end) {
    Map<Instant, Integer> made = new TreeMap<>();
    reads().forEach(one -> made.merge(day(clock.at(one.at())), 1, Integer::sum));
    long unreserved = READS.day() * (100L - RESERVE) / 100;
    long window = READS.quarterHour() * (100L - RESERVE) / 100;
    double possible = 0;
    for (Instant day = day(begin); day.isBefore(end); day = day.plus(Duration.ofDays(1))) {
      Instant from = day.isBefore(begin) ? begin : day;
      Instant next = day.plus(Duration.ofDays(1));
      long windows = 1 + Duration.between(from, next.isAfter(end) ? end : next).toMinutes() / 15;
      boolean isLast = next.isAfter(end);
      long most = Math.min(unreserved, windows * window);
      possible += isLast ? Math.min(most, made.getOrDefault(day, 0)) : most;
    }
    return made.values().stream().mapToInt(Integer::intValue).sum() / Math.max(1, possible);
  }

  private static Instant day(Instant time) {
    return time.truncatedTo(ChronoUnit.DAYS);
  }

  /**
   * The result of some weeks of polling.
   *
   * @param share the largest share of a day's reads used for lists
   */
  record Polled(int uploaded, int files, int outages, long refused, double share) {

    List<String> violations() {
      List<String> violations = new ArrayList<>();
      if (files != uploaded) {
        violations.add("of " + uploaded + " activities, " + files + " are there");
      }
      if (refused > 0) {
        violations.add(refused + " requests were refused with 429");
      }
      if (share > 0.1) {
        violations.add("lists took %.3f of a day's reads".formatted(share));
      }
      return violations;
    }
  }

  /**
   * Some weeks of polling: athletes run now and then, some runs become visible late, and the
   * service has outages.
   */
  Polled poll(int days) throws IOException {
    connect();
    Instant begin = clock.instant();
    int uploaded = 0;
    int outages = 0;
    for (int day = 0; day < days; day++) {
      Instant morning = begin.plus(Duration.ofDays(day));
      until(Duration.ofHours(1), () -> !clock.instant().isBefore(morning));
      for (int athlete = 0; athlete < athletes; athlete++) {
        boolean late = random.nextInt(4) == 0;
        Duration ago = late ? Duration.ofDays(random.nextInt(8)) : Duration.ofMinutes(5);
        strava.uploadSilently(run(FIRST_ATHLETE + athlete, clock.instant().minus(ago)).build());
        uploaded++;
      }
      if (day % 7 == 3) {
        outages++;
        service.kill();
        Instant back = clock.instant().plus(Duration.ofHours(12));
        until(Duration.ofHours(1), () -> !clock.instant().isBefore(back));
        service.start();
      }
    }
    int all = uploaded;
    until(
        Duration.ofMinutes(10),
        () -> {
          try {
            return files() >= all;
          } catch (IOException e) {
            return false;
          }
        });
    return new Polled(uploaded, files(), outages, refused(), listShare());
  }

  private double listShare() {
    Map<Instant, Integer> lists = new TreeMap<>();
    reads()
        .filter(one -> one.path().endsWith("/athlete/activities"))
        .forEach(one -> lists.merge(day(clock.at(one.at())), 1, Integer::sum));
    return lists.values().stream().mapToInt(Integer::intValue).max().orElse(0)
        / (double) READS.day();
  }

  @Override
  public void close() {
    service.close();
    strava.close();
  }
}
