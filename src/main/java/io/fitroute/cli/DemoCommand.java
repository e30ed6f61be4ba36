package io.fitroute.cli;

import io.fitroute.cli.report.DemoReport;
import io.fitroute.delivery.Delivery;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.runtime.RunMode;
import io.fitroute.runtime.Service;
import io.fitroute.settings.Settings;
import io.fitroute.simulator.AthleteTokens;
import io.fitroute.simulator.FakeStrava;
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code fitroute demo}: the complete flow on this machine. The service is the real one; only the
 * addresses it is given are those of a fake Strava.
 */
@Command(
    name = "demo",
    description =
        "Show the whole flow on this machine, without an account: a fake Strava announces"
            + " runs, and their FIT files arrive.",
    footer = {"  ./fitroute demo", "  ./fitroute demo --keep", "  ./fitroute demo --hevy"})
final class DemoCommand extends Reporting {

  private static final long ATHLETE = 4455667;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Option(names = "--keep", description = "Keep running until Ctrl-C, and print all addresses.")
  private boolean keep;

  @Option(
      names = "--hevy",
      description = "Show the Hevy integration: workouts from a fake Hevy at a fake Intervals.icu.")
  private boolean hevy;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (hevy) {
      return report(new HevyDemo(environment().home(), this::inform, keep).show());
    }
    Path folder = Files.createTempDirectory("fitroute-demo-");
    inform("All files of this demo are in " + folder + " and are kept");
    try (FakeStrava strava =
        FakeStrava.start(
            FakeStravaOptions.builder().deliverySpacing(Duration.ofSeconds(1)).build())) {
      strava.addAthlete(ATHLETE, "Ann", "Example");
      Settings settings = settings(strava, folder);
      try (Service service = Service.start(settings, environment().home(), RunMode.SERVE)) {
        String webhook =
            "http://127.0.0.1:" + service.webhookPort() + settings.text("webhook.path");
        inform("A fake Strava runs at " + strava.webUrl() + ", and the service at " + webhook);
        strava.subscribe(webhook);
        inform("Ann is connected, the webhook is subscribed, and she uploads her activities");
        int events = upload(strava);
        awaitEnds(service.ledger(), events);
        int exitCode = report(report(service, settings));
        if (keep) {
          stayUp(strava, service, webhook);
        }
        return exitCode;
      }
    }
  }

  /**
   * Ensures that invented runs and news of them do not reach anything in the user's own settings.
   */
  private Settings settings(FakeStrava strava, Path folder) {
    AthleteTokens tokens = strava.connect(ATHLETE);
    Map<String, String> environment = new TreeMap<>();
    environment.put("WEBHOOK_HOST", "127.0.0.1");
    environment.put("WEBHOOK_PORT", "0");
    environment.put("ADMIN_PORT", "0");
    environment.put("STRAVA_CLIENT_ID", Integer.toString(strava.clientId()));
    environment.put("STRAVA_CLIENT_SECRET", strava.clientSecret());
    environment.put("STRAVA_VERIFY_TOKEN", "demonstration");
    environment.put("STRAVA_ACCESS_TOKEN", tokens.accessToken());
    environment.put("STRAVA_REFRESH_TOKEN", tokens.refreshToken());
    environment.put("STRAVA_SESSION_COOKIE", strava.sessionCookie(ATHLETE));
    environment.put("RECONCILE_SHARE", "0");
    environment.put("STRAVA_API_URL", strava.apiUrl().toString());
    environment.put("STRAVA_OAUTH_URL", strava.oauthUrl().toString());
    environment.put("STRAVA_WEB_URL", strava.webUrl().toString());
    environment.put("DATA_DIR", "data");
    environment.put("DOWNLOAD_BASE_DIR", "downloads");
    environment.put("FIT_SINKS", "file");
    return Settings.load(environment, folder, environment().home())
        .with(
            Map.of(
                "database.url", "", "webhook.public-url", "", "state.file", "", "notify.url", ""));
  }

  /** Returns the number of resulting events. */
  private static int upload(FakeStrava strava) {
    SimulatedActivity morning = SimulatedActivity.run(ATHLETE).name("Canal out and back").build();
    SimulatedActivity party =
        SimulatedActivity.run(ATHLETE)
            .name("New Year's Eve, home before midnight")
            .start(Instant.parse("2026-01-01T03:30:00Z"))
            .zone(ZoneId.of("America/New_York"))
            .build();
    SimulatedActivity trail =
        SimulatedActivity.run(ATHLETE)
            .name("Ridge 🏔 / long one")
            .sportType("TrailRun")
            .start(Instant.parse("2026-08-15T05:10:00Z"))
            .zone(ZoneId.of("Asia/Kathmandu"))
            .distance(21_097)
            .movingTime(Duration.ofMinutes(150))
            .gzipped(true)
            .build();
    SimulatedActivity first = strava.upload(morning);
    strava.upload(party);
    strava.upload(trail);
    strava.upload(SimulatedActivity.ride(ATHLETE).build());
    strava.deliver(WebhookEvent.created(first.id(), ATHLETE, strava.now().plusSeconds(60)));
    return 5;
  }

  private static void awaitEnds(Ledger ledger, int events) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (settled(ledger) < events && Instant.now().isBefore(end)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static long settled(Ledger ledger) {
    return Rows.count(ledger.read(), "select count(*) from event where state <> 'pending'");
  }

  private static DemoReport report(Service service, Settings settings) {
    List<DemoReport.Event> events =
        service
            .ledger()
            .read()
            .sql(SqlText.named("demo-events"))
            .query(DemoReport.Event.class)
            .list();
    List<DemoReport.File> files = new ArrayList<>();
    for (String id : events.stream().map(DemoReport.Event::activityId).distinct().toList()) {
      for (Delivery delivery : service.deliveries().of(id)) {
        files.add(
            new DemoReport.File(
                delivery.path(),
                delivery.provenance(),
                delivery.size(),
                millis(service, delivery)));
      }
    }
    files.sort(Comparator.comparing(DemoReport.File::path));
    return new DemoReport(settings.path("download.base-dir").toString(), files, events);
  }

  private static long millis(Service service, Delivery delivery) {
    long received =
        service
            .ledger()
            .read()
            .sql("select min(received_at) from event where object_id = ?")
            .param(delivery.activityId())
            .query(Long.class)
            .single();
    return delivery.deliveredAt().toEpochMilli() - received;
  }

  private void stayUp(FakeStrava strava, Service service, String webhook)
      throws InterruptedException {
    ServeCommand.endGracefully(
        () -> {
          service.close();
          strava.close();
        });
    inform("");
    inform("Webhook   " + webhook);
    inform("Health    http://127.0.0.1:" + service.webhookPort() + "/health");
    inform("Metrics   http://127.0.0.1:" + service.adminPort() + "/observe/metrics");
    inform("Strava    " + strava.webUrl() + " (the fake one; its API is " + strava.apiUrl() + ")");
    inform("Press Ctrl-C to stop");
    new CountDownLatch(1).await();
  }
}
