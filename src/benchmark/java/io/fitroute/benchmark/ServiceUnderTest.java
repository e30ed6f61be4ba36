package io.fitroute.benchmark;

import io.fitroute.FreePort;
import io.fitroute.simulator.AthleteTokens;
import io.fitroute.simulator.FakeStrava;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Starts a service for a measurement: by the launcher, with its own data folder. */
final class ServiceUnderTest {

  private final Path launcher;
  private final Path folder;
  private final int port = FreePort.any();
  private final Map<String, String> environment = new TreeMap<>();

  ServiceUnderTest(Workbench bench) {
    this(bench, bench.versions().get(0));
  }

  ServiceUnderTest(Workbench bench, Workbench.Version version) {
    launcher = version.launcher();
    folder = bench.folder("service");
    set("WEBHOOK_HOST", "127.0.0.1");
    set("WEBHOOK_PORT", Integer.toString(port));
    set("ADMIN_PORT", "0");
  }

  /** Another service with the same settings but its own ports and data folder. */
  ServiceUnderTest another(Workbench bench) {
    ServiceUnderTest another = new ServiceUnderTest(bench);
    environment.forEach(another.environment::putIfAbsent);
    return another;
  }

  /** Sets a setting by the name of its variable. */
  ServiceUnderTest set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Connects it to an athlete of a fake Strava, with a browser session. */
  ServiceUnderTest connected(FakeStrava strava, long athlete) {
    AthleteTokens tokens = strava.connect(athlete);
    strava.subscribe(webhook().toString());
    return set("STRAVA_CLIENT_ID", Integer.toString(strava.clientId()))
        .set("STRAVA_CLIENT_SECRET", strava.clientSecret())
        .set("STRAVA_ACCESS_TOKEN", tokens.accessToken())
        .set("STRAVA_REFRESH_TOKEN", tokens.refreshToken())
        .set("STRAVA_SESSION_COOKIE", strava.sessionCookie(athlete))
        .set("RECONCILE_SHARE", "0")
        .set("STRAVA_API_URL", strava.apiUrl().toString())
        .set("STRAVA_OAUTH_URL", strava.oauthUrl().toString())
        .set("STRAVA_WEB_URL", strava.webUrl().toString());
  }

  URI webhook() {
    return URI.create("http://127.0.0.1:" + port + "/webhook");
  }

  URI health() {
    return URI.create("http://127.0.0.1:" + port + "/health");
  }

  /** The folder of the file sink. */
  Path downloads() {
    return folder.resolve("downloads");
  }

  /** The ledger's file. */
  Path ledger() {
    return folder.resolve("data/fitroute.db");
  }

  /** Starts it and waits until it is healthy. */
  Child start() throws IOException, InterruptedException {
    return Child.start(folder, environment, List.of(launcher.toString())).awaitAnswer(health());
  }
}
