package io.fitroute.simulator;

import static io.fitroute.simulator.Browser.header;
import static io.fitroute.simulator.Browser.json;
import static io.fitroute.simulator.Browser.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.garmin.fit.Decode;
import com.garmin.fit.MesgBroadcaster;
import com.garmin.fit.RecordMesg;
import io.fitroute.ManualClock;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.FitReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebExportTest {

  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private final FakeStrava strava =
      FakeStrava.start(FakeStravaOptions.builder().clock(clock).build());
  private final Browser browser = new Browser(strava.webUrl());
  private final String token;
  private final String session;

  WebExportTest() {
    strava.addAthlete(7, "Ann", "Example");
    strava.addAthlete(8, "Bob", "Example");
    token = strava.connect(7).accessToken();
    session = "_strava4_session=" + strava.sessionCookie(7);
  }

  @AfterEach
  void stop() {
    strava.close();
  }

  @Test
  void theOriginalIsAValidFitFileOfTheVeryPointsOfTheStreams() throws Exception {
    long id = strava.upload(SimulatedActivity.run(7).name("v1.2 Kanał/ Ü").build()).id();

    HttpResponse<byte[]> response = export(id, session);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(response, "Content-Disposition"))
        .isEqualTo(
            "attachment; filename=\"v12_Kana____.fit\"; filename*=UTF-8''v12_Kana%C5%82%2F_%C3%9C.fit");

    FitReport report = new FitCheck().check(new ByteArrayInputStream(response.body()));
    assertThat(report.fileType()).hasValue(FitReport.ACTIVITY);
    assertThat(report.startTime()).contains(strava.activity(id).orElseThrow().start());
    assertThat(report.laps()).isEqualTo(5);
    assertThat(report.timerTime().orElseThrow()).isEqualTo(1500);
    assertThat(report.elapsedTime().orElseThrow()).isEqualTo(1540);

    JsonNode streams = streams(id);
    List<RecordMesg> records = records(response.body());
    assertThat(records).hasSize(streams.path("time").path("data").size());
    long start = records.get(0).getTimestamp().getTimestamp();
    for (int i = 0; i < records.size(); i++) {
      RecordMesg point = records.get(i);
      assertThat(point.getTimestamp().getTimestamp() - start)
          .isEqualTo(streams.at("/time/data/" + i).asLong());
      assertThat((double) point.getDistance())
          .isCloseTo(streams.at("/distance/data/" + i).asDouble(), within(0.006));
      assertThat(degrees(point.getPositionLat()))
          .isCloseTo(streams.at("/latlng/data/" + i + "/0").asDouble(), within(1e-7));
      assertThat(degrees(point.getPositionLong()))
          .isCloseTo(streams.at("/latlng/data/" + i + "/1").asDouble(), within(1e-7));
      assertThat((int) point.getHeartRate()).isEqualTo(streams.at("/heartrate/data/" + i).asInt());
      assertThat((double) point.getEnhancedAltitude())
          .isCloseTo(streams.at("/altitude/data/" + i).asDouble(), within(0.01));
    }
  }

  @Test
  void aGzippedOriginalUnpacksToTheSameFile() throws IOException {
    SimulatedActivity run = SimulatedActivity.run(7).id(5).build();
    strava.upload(run);
    byte[] plain = export(5, session).body();
    strava.update(5, change -> change.gzipped(true));

    HttpResponse<byte[]> packed = export(5, session);
    assertThat(header(packed, "Content-Disposition")).contains("filename=\"Morning_Run.fit.gz\"");
    assertThat(packed.headers().map()).doesNotContainKey("content-encoding");
    byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
    assertThat(unpacked).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({"TCX, <TrainingCenterDatabase, tcx", "GPX, <gpx, gpx", "JSON, {, json"})
  void otherOriginals(OriginalFormat format, String marker, String ending) throws IOException {
    long id = strava.upload(SimulatedActivity.run(7).original(format).build()).id();
    HttpResponse<byte[]> response = export(id, session);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(response)).contains(marker);
    assertThat(header(response, "Content-Disposition")).contains("Morning_Run." + ending + "\"");
  }

  @Test
  void aFileOfOnesOwnIsStreamed(@TempDir Path folder) throws IOException {
    byte[] content = new byte[3_000_000];
    content[2_999_999] = 42;
    Path file = Files.write(folder.resolve("any.fit"), content);
    long id = strava.upload(SimulatedActivity.run(7).originalFile(file).build()).id();
    HttpResponse<byte[]> response = export(id, session);
    assertThat(response.body()).isEqualTo(content);
    assertThat(header(response, "Content-Length")).isEqualTo("3000000");
    assertThat(header(response, "Content-Disposition")).contains("Morning_Run.fit");
  }

  @Test
  void theRememberPairCountsUntilItEnds() throws IOException {
    long id = strava.upload(SimulatedActivity.run(7).build()).id();
    String pair = strava.rememberCookies(7);
    assertThat(export(id, pair).statusCode()).isEqualTo(200);
    assertThat(
            export(id, pair.replace("strava_remember_id=7", "strava_remember_id=8")).statusCode())
        .isEqualTo(302);
    clock.advance(Duration.ofDays(31));
    assertThat(export(id, pair).statusCode()).isEqualTo(302);
  }

  @Test
  void anEndedSessionIsSentToLogin() throws IOException {
    long id = strava.upload(SimulatedActivity.run(7).build()).id();
    strava.expireSessions(7);
    HttpResponse<byte[]> response = export(id, session);
    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(header(response, "Location")).isEqualTo("/login");
    HttpResponse<byte[]> login = browser.get("/login");
    assertThat(header(login, "Content-Type")).startsWith("text/html");
    assertThat(text(login)).startsWith("<!DOCTYPE html>");
  }

  @Test
  void nobodyElsesAndNoManualActivityIsHandedOut() throws IOException {
    long others = strava.upload(SimulatedActivity.run(8).build()).id();
    long manual = strava.upload(SimulatedActivity.manualRun(7).build()).id();
    long none = strava.upload(SimulatedActivity.run(7).original(OriginalFormat.NONE).build()).id();
    for (long id : new long[] {others, manual, none, 1}) {
      HttpResponse<byte[]> response = export(id, session);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(header(response, "Content-Type")).startsWith("text/html");
    }
  }

  @Test
  void aBearerTokenIsTreatedAsConfigured() throws IOException {
    String path = path(strava.upload(SimulatedActivity.run(7).build()).id());
    assertThat(browser.bearer(path, token).statusCode()).isEqualTo(302);

    strava.setBearerExport(BearerExport.UNAUTHORIZED);
    assertThat(browser.bearer(path, token).statusCode()).isEqualTo(401);

    strava.setBearerExport(BearerExport.LOGIN_PAGE);
    HttpResponse<byte[]> page = browser.bearer(path, token);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(text(page)).contains("<html");

    strava.setBearerExport(BearerExport.ALLOWED);
    assertThat(browser.bearer(path, token).body()).containsSequence(".FIT".getBytes());
    assertThat(browser.bearer(path, "wrong").statusCode()).isEqualTo(302);
    assertThat(browser.bearer(path, strava.connect(8).accessToken()).statusCode()).isEqualTo(404);
  }

  @Test
  void anotherHostHandsTheFileToWhoeverHasTheLinkAndTellsWhatItGot() throws IOException {
    strava.setCdnExport(true);
    long id = strava.upload(SimulatedActivity.run(7).build()).id();

    HttpResponse<byte[]> redirect = export(id, session);
    assertThat(redirect.statusCode()).isEqualTo(302);
    URI link = URI.create(header(redirect, "Location"));
    assertThat(link.getHost()).isEqualTo("localhost").isNotEqualTo(strava.webUrl().getHost());

    assertThat(browser.send(HttpRequest.newBuilder(link).GET()).body())
        .containsSequence(".FIT".getBytes());
    browser.send(HttpRequest.newBuilder(link).header("Cookie", session).GET());
    assertThat(strava.requests())
        .filteredOn(request -> request.path().startsWith("/cdn/"))
        .extracting(RecordedRequest::credential)
        .containsExactly(CredentialKind.NONE, CredentialKind.COOKIE);
    assertThat(browser.get("/cdn/" + id + "?signature=guess").statusCode()).isEqualTo(403);
  }

  @Test
  void exportsUseUpNoApiRequests() throws IOException {
    export(strava.upload(SimulatedActivity.run(7).build()).id(), session);
    assertThat(header(browser.bearer("/api/v3/athlete", token), "X-RateLimit-Usage"))
        .isEqualTo("1,1");
  }

  private HttpResponse<byte[]> export(long id, String cookie) throws IOException {
    return browser.get(path(id), "Cookie", cookie);
  }

  private static String path(long id) {
    return "/activities/" + id + "/export_original";
  }

  private JsonNode streams(long id) throws IOException {
    String keys = "time,distance,latlng,heartrate,altitude";
    String path = "/api/v3/activities/" + id + "/streams?key_by_type=true&keys=" + keys;
    return json(browser.bearer(path, token));
  }

  private static List<RecordMesg> records(byte[] file) {
    List<RecordMesg> records = new ArrayList<>();
    Decode decode = new Decode();
    MesgBroadcaster broadcaster = new MesgBroadcaster(decode);
    broadcaster.addListener((RecordMesg message) -> records.add(message));
    assertThat(decode.read(new ByteArrayInputStream(file), broadcaster)).isTrue();
    return records;
  }

  private static double degrees(int semicircles) {
    return semicircles * (180.0 / (1L << 31));
  }
}
