package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fitroute.fit.FitSamples;
import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.settings.InvalidSetting;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a custom export in docs/routes.md works as described. */
class OwnExportIT {

  private static final Pattern KAMELET =
      Pattern.compile("```yaml\n(apiVersion:.*?)```", Pattern.DOTALL);

  @TempDir Path folder;
  private final AtomicInteger status = new AtomicInteger(200);
  private final AtomicReference<byte[]> file = new AtomicReference<>();
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer coach;
  private Pipeline pipeline;

  @BeforeEach
  void prepare() throws IOException {
    coach = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    coach.createContext(
        "/files",
        exchange -> {
          requests.incrementAndGet();
          byte[] content = status.get() == 200 ? file.get() : new byte[0];
          exchange.sendResponseHeaders(status.get(), content.length == 0 ? -1 : content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    coach.start();
    file.set(FitSamples.run(60));
    Path home = TestBed.copyHome(folder.resolve("home"));
    var kamelet = KAMELET.matcher(Files.readString(TestBed.home().resolve("docs/routes.md")));
    assertThat(kamelet.find()).isTrue();
    Path own = Files.createDirectories(home.resolve("routes/own/kamelets"));
    Files.writeString(own.resolve("fit-coach-export.kamelet.yaml"), kamelet.group(1));
    pipeline = new Pipeline(TestBed.prepare(folder.resolve("bed")).setHome(home));
    pipeline
        .bed()
        .connect()
        .setForCamel(
            "camel.kamelet.fit-coach-export.url",
            "http://localhost:" + coach.getAddress().getPort() + "/files");
    pipeline
        .set("strava.session-cookie", pipeline.strava().sessionCookie(ANN))
        .set("fit.exports", "coach,original");
  }

  @AfterEach
  void stop() {
    pipeline.close();
    coach.stop(0);
  }

  private EventRecord end() {
    SimulatedActivity run = pipeline.start().upload(SimulatedActivity.run(ANN));
    return pipeline.end(run.id());
  }

  @Test
  void itsFileIsDelivered() throws Exception {
    EventRecord end = end();

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(end.reason()).startsWith("delivered from original: file:2026/11/");
    assertThat(requests).hasValue(1);
    assertThat(pipeline.exportRequests()).isZero();
    Path delivered = pipeline.bed().downloads().resolve(end.reason().replaceFirst(".*file:", ""));
    assertThat(delivered).hasBinaryContent(file.get());
  }

  @Test
  void whatIsNotFitIsRefusedAndTheNextExportIsTried() {
    file.set("<html>please log in</html>".getBytes());

    assertThat(end().reason()).startsWith("delivered from original");
    assertThat(pipeline.exportRequests()).isOne();
  }

  @Test
  void aFreshEventWaitsForWhatItDoesNotHaveYet() {
    status.set(404);
    pipeline.set("retry.not-ready", "500ms,500ms,500ms,500ms,500ms,500ms,500ms,500ms");
    SimulatedActivity run = pipeline.start().upload(SimulatedActivity.run(ANN));

    assertThat(pipeline.waiting(run.id()).reason())
        .isEqualTo("the coach does not have the activity yet");
    assertThat(pipeline.exportRequests()).isZero();
    status.set(200);
    assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
  }

  @Test
  void aTroubleIsWaitedOutBeforeTheNextExportIsTried() {
    status.set(500);

    assertThat(end().state()).isEqualTo(EventState.DONE);
    assertThat(requests).as("the first attempt, and two more").hasValue(3);
    assertThat(pipeline.exportRequests()).isOne();
  }

  @Test
  void aTroubleIsTold() {
    status.set(500);
    pipeline.set("fit.exports", "coach");

    EventRecord end = end();

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).contains("the export coach failed: the coach's server answered 500");
  }

  @Test
  void aNameWithoutAKameletStopsTheStart() {
    assertThatThrownBy(() -> pipeline.set("fit.exports", "trainer,original").start())
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("fit.exports")
        .hasMessageContaining("trainer")
        .hasMessageContaining("coach, intervals, original, streams");
  }
}
