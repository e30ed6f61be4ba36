package io.fitroute.simulator;

import static io.fitroute.simulator.Browser.header;
import static io.fitroute.simulator.Browser.json;
import static io.fitroute.simulator.Browser.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {

  private static final String DETAILS = "/api/v3/activities/*";
  private static final String STREAMS = "/api/v3/activities/*/streams";
  private static final String EXPORT = "/activities/*/export_original";

  private final FakeStrava strava = FakeStrava.start();
  private final Browser browser = new Browser(strava.webUrl());
  private final String token;
  private final long id;

  FaultsTest() {
    strava.addAthlete(7, "Ann", "Example");
    token = strava.connect(7).accessToken();
    id = strava.upload(SimulatedActivity.run(7).build()).id();
  }

  @AfterEach
  void stop() {
    strava.close();
  }

  @Test
  void aStatusStrikesSoManyTimes() throws IOException {
    ArmedFault fault = strava.arm(FaultRule.on(DETAILS, Fault.status(503)).onlyTimes(2));
    assertThat(details().statusCode()).isEqualTo(503);
    assertThat(streams().statusCode()).as("another path").isEqualTo(200);
    assertThat(details().statusCode()).isEqualTo(503);
    assertThat(details().statusCode()).isEqualTo(200);
    assertThat(fault.hits()).isEqualTo(2);
    assertThat(strava.requests())
        .extracting(RecordedRequest::status)
        .containsExactly(503, 200, 503, 200);
  }

  @Test
  void strikesOnlyAMethodATimeOrByChance() throws IOException {
    strava.arm(FaultRule.on("/**", Fault.status(500)).onlyMethod("POST"));
    assertThat(details().statusCode()).isEqualTo(200);
    assertThat(browser.post("/oauth/token", Map.of()).statusCode()).isEqualTo(500);
    strava.disarmFaults();
    strava.arm(FaultRule.on("/**", Fault.status(500)).withProbability(0));
    assertThat(details().statusCode()).isEqualTo(200);
    strava.arm(FaultRule.on("/**", Fault.status(500)).onlyFor(Duration.ZERO));
    assertThat(details().statusCode()).isEqualTo(200);
    ArmedFault fault = strava.arm("/**", Fault.status(500));
    assertThat(details().statusCode()).isEqualTo(500);
    fault.disarm();
    assertThat(details().statusCode()).isEqualTo(200);
  }

  @Test
  void refusesRulesThatMakeNoSense() {
    FaultRule rule = FaultRule.on("/**", Fault.status(500));
    assertThatIllegalArgumentException().isThrownBy(() -> rule.onlyTimes(0));
    assertThatIllegalArgumentException().isThrownBy(() -> rule.withProbability(1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> rule.withProbability(Double.NaN));
  }

  @Test
  void notReadyAndThenReady() throws IOException {
    strava.arm(FaultRule.on(DETAILS, Fault.notFound()).onlyTimes(1));
    HttpResponse<byte[]> early = details();
    assertThat(early.statusCode()).isEqualTo(404);
    assertThat(json(early).path("message").asText()).isEqualTo("Record Not Found");
    assertThat(details().statusCode()).isEqualTo(200);

    strava.arm(FaultRule.on(STREAMS, Fault.emptyStreams()).onlyTimes(1));
    assertThat(json(streams())).isEmpty();
    assertThat(json(streams())).isNotEmpty();
  }

  @Test
  void answersOfStravasOwn() throws IOException {
    strava.arm(FaultRule.on(DETAILS, Fault.rateLimited()).onlyTimes(1));
    strava.arm(FaultRule.on(DETAILS, Fault.inactive()).onlyTimes(1));
    strava.arm(FaultRule.on(DETAILS, Fault.permanentError()).onlyTimes(1));
    strava.arm(FaultRule.on(DETAILS, Fault.status(400, "{\"errors\":\"text\"}")).onlyTimes(1));
    assertThat(details().statusCode()).isEqualTo(429);
    HttpResponse<byte[]> inactive = details();
    assertThat(inactive.statusCode()).isEqualTo(403);
    assertThat(json(inactive).at("/errors/0/code").asText()).isEqualTo("Inactive");
    HttpResponse<byte[]> error = details();
    assertThat(error.statusCode()).isEqualTo(500);
    assertThat(text(error)).isEqualTo("{\"message\":\"error\"}");
    assertThat(text(details())).isEqualTo("{\"errors\":\"text\"}");
  }

  @Test
  void aDelayComesBeforeWhatFollows() throws IOException {
    strava.arm(FaultRule.on(DETAILS, new Fault.Delay(Duration.ofMillis(150))).onlyTimes(2));
    long began = System.nanoTime();
    assertThat(details().statusCode()).isEqualTo(200);
    assertThat(System.nanoTime() - began).isGreaterThan(149_000_000);
    strava.arm(DETAILS, Fault.status(500));
    began = System.nanoTime();
    assertThat(details().statusCode()).isEqualTo(500);
    assertThat(System.nanoTime() - began).isGreaterThan(149_000_000);
  }

  @Test
  void aDelayedFormStillArrives() throws IOException {
    strava.arm("/oauth/token", new Fault.Delay(Duration.ofMillis(50)));
    assertThat(text(browser.post("/oauth/token", Map.of("client_id", "98765"))))
        .contains("client_secret");
  }

  @Test
  void aDroppedConnectionIsResetWithoutAnAnswer() throws IOException {
    strava.arm("/**", new Fault.Drop());
    assertThatIOException().isThrownBy(this::details);
    assertThat(strava.requests())
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.status()).isZero());
    try (Socket socket = new Socket("127.0.0.1", strava.webUrl().getPort())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
      assertThatIOException()
          .isThrownBy(() -> socket.getInputStream().read())
          .withMessageContaining("reset");
    }
    strava.disarmFaults();
    assertThat(details().statusCode()).isEqualTo(200);
  }

  @Test
  void aCutBodyAnnouncesMoreThanIsSent() throws IOException {
    byte[] whole = export().body();
    strava.arm(EXPORT, new Fault.CutBody(1000));
    assertThatIOException().isThrownBy(this::export);

    String raw = rawExport();
    assertThat(raw).startsWith("HTTP/1.1 200").contains("Content-Length: " + whole.length);
    assertThat(raw.substring(raw.indexOf("\r\n\r\n") + 4)).hasSize(1000);
  }

  @Test
  void aCutFileIsCutToo(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("x.fit"), new byte[2_000_000]);
    strava.update(id, change -> change.originalFile(file));
    strava.arm(EXPORT, new Fault.CutBody(0));
    assertThatIOException().isThrownBy(this::export);
  }

  @Test
  void aWrongLengthIsAnnounced() throws IOException {
    int length = export().body().length;
    strava.arm(FaultRule.on(EXPORT, new Fault.WrongLength(5)).onlyTimes(1));
    assertThatIOException().isThrownBy(this::export);
    strava.arm(FaultRule.on(EXPORT, new Fault.WrongLength(-7)).onlyTimes(1));
    assertThat(export().body()).hasSize(length - 7);
  }

  @Test
  void headersAreReplacedOrMissing() throws IOException {
    strava.arm(
        DETAILS, new Fault.Headers(Map.of("X-ReadRateLimit-Usage", ",", "X-RateLimit-Limit", "")));
    HttpResponse<byte[]> response = details();
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().allValues("x-readratelimit-usage")).containsExactly(",");
    assertThat(response.headers().map()).doesNotContainKey("x-ratelimit-limit");
    assertThat(header(response, "X-RateLimit-Usage")).isEqualTo("1,1");
  }

  @Test
  void aPageOrALoginInsteadOfAFile() throws IOException {
    strava.arm(FaultRule.on(EXPORT, Fault.htmlPage()).onlyTimes(1));
    HttpResponse<byte[]> page = export();
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(text(page)).startsWith("<!DOCTYPE html>");
    strava.arm(FaultRule.on(EXPORT, Fault.loginRedirect()).onlyTimes(1));
    assertThat(header(export(), "Location")).isEqualTo("/login");
    strava.arm(FaultRule.on(EXPORT, Fault.file(new byte[0])).onlyTimes(1));
    HttpResponse<byte[]> empty = export();
    assertThat(empty.statusCode()).isEqualTo(200);
    assertThat(empty.body()).isEmpty();
  }

  @Test
  void gzipOfGarbage() throws IOException {
    strava.arm(EXPORT, Fault.garbageGzip());
    byte[] garbage = export().body();
    assertThat(garbage).startsWith(0x1f, 0x8b);
    assertThatExceptionOfType(ZipException.class)
        .isThrownBy(() -> new GZIPInputStream(new ByteArrayInputStream(garbage)).readAllBytes());
  }

  @Test
  void aGzipBombIsSmallOnTheWayAndLargeUnpacked() throws IOException {
    strava.arm(EXPORT, new Fault.GzipBomb(50_000_001));
    byte[] packed = export().body();
    assertThat(packed).hasSizeLessThan(100_000);
    try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      assertThat(unpacked.skip(60_000_000)).isEqualTo(50_000_001);
    }
  }

  @Test
  void theControlPathsAreNeverStruck() throws IOException {
    strava.arm("/**", Fault.status(500));
    assertThat(browser.get("/fake").statusCode()).isEqualTo(200);
  }

  private HttpResponse<byte[]> details() throws IOException {
    return browser.bearer("/api/v3/activities/" + id, token);
  }

  private HttpResponse<byte[]> streams() throws IOException {
    return browser.bearer(
        "/api/v3/activities/" + id + "/streams?keys=time&key_by_type=true", token);
  }

  private HttpResponse<byte[]> export() throws IOException {
    return browser.get("/activities/" + id + "/export_original", "Cookie", cookie());
  }

  private String rawExport() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", strava.webUrl().getPort())) {
      String request =
          "GET /activities/" + id + "/export_original HTTP/1.1\r\nHost: x\r\nCookie: " + cookie();
      socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private String cookie() {
    return "_strava4_session=" + strava.sessionCookie(7);
  }
}
