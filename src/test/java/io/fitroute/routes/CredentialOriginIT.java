package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.TlsKey;
import io.fitroute.fit.FitSamples;
import io.fitroute.inbox.EventState;
import io.fitroute.routes.WebSite.Answer;
import io.fitroute.routes.WebSite.Asked;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session is only sent to Strava's web site: its scheme, host and port. */
class CredentialOriginIT {

  private static final byte[] FILE = FitSamples.run(20);

  /** The trust store of Java; an HTTP client reads it when it is created. */
  private static final String TRUST = "javax.net.ssl.trustStore";

  @TempDir static Path keys;
  private static Path key;

  @TempDir Path folder;
  private Pipeline pipeline;
  private String target = "";

  @BeforeAll
  static void trustTheSite() throws Exception {
    key = TlsKey.make(keys.resolve("key.p12"), WebSite.HOST);
    System.setProperty(TRUST, key.toString());
    System.setProperty(TRUST + "Password", TlsKey.PASSWORD);
  }

  @AfterAll
  static void trustItNoLonger() {
    System.clearProperty(TRUST);
    System.clearProperty(TRUST + "Password");
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  /** Redirects to the target, which returns the original. */
  private Answer answer(Asked request) {
    return request.path().endsWith("/export_original")
        ? Answer.redirect(target)
        : Answer.file(FILE);
  }

  private EventRecord endOfRun(String webUrl) {
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
    pipeline
        .set("strava.session-cookie", pipeline.strava().sessionCookie(ANN))
        .set("strava.web-url", webUrl)
        .set("fit.exports", "original")
        .start();
    return pipeline.end(pipeline.upload(SimulatedActivity.run(ANN)).id());
  }

  @Test
  void theSameSiteIsShownItAgain() throws Exception {
    target = "/file";
    try (WebSite strava = new WebSite(key, this::answer)) {
      EventRecord end = endOfRun(strava.url("https"));

      assertThat(end.state()).as(end.reason()).isEqualTo(EventState.DONE);
      assertThat(strava.asked()).hasSize(2).allMatch(Asked::secure).allMatch(Asked::credential);
    }
  }

  @Test
  void anotherPortIsNot() throws Exception {
    try (WebSite strava = new WebSite(key, this::answer);
        WebSite neighbour = new WebSite(key, this::answer)) {
      target = neighbour.url("http") + "/file";

      EventRecord end = endOfRun(strava.url("http"));

      assertThat(end.state()).as(end.reason()).isEqualTo(EventState.DONE);
      assertThat(strava.asked()).singleElement().matches(Asked::credential);
      assertThat(neighbour.asked()).containsExactly(new Asked(false, "/file", false));
    }
  }

  @Test
  void anotherSchemeIsNot() throws Exception {
    try (WebSite strava = new WebSite(key, this::answer)) {
      target = strava.url("https") + "/file";

      EventRecord end = endOfRun(strava.url("http"));

      assertThat(end.state()).as(end.reason()).isEqualTo(EventState.DONE);
      assertThat(strava.asked()).hasSize(2).last().isEqualTo(new Asked(true, "/file", false));
    }
  }

  @Test
  void nobodyIsFollowedOutOfHttps() throws Exception {
    try (WebSite strava = new WebSite(key, this::answer)) {
      target = strava.url("http") + "/file";

      EventRecord end = endOfRun(strava.url("https"));

      assertThat(end.state()).isEqualTo(EventState.DEAD);
      assertThat(end.reason()).endsWith("an invalid redirect for the original");
      assertThat(strava.asked()).isNotEmpty().allMatch(Asked::secure);
    }
  }
}
