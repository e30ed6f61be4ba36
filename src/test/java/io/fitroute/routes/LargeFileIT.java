package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.FitRoute;
import io.fitroute.FreePort;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delivering a file as large as the heap. */
class LargeFileIT {

  private static final long SIZE = 50_000_000;

  @TempDir Path folder;

  @Test
  void aFileOf50MegabytesPassesAServiceWith64MegabytesOfHeap() throws Exception {
    try (TestBed bed = TestBed.prepare(folder)) {
      bed.connect();
      int port = FreePort.any();
      bed.set("webhook.port", Integer.toString(port));
      bed.set("strava.session-cookie", bed.strava().sessionCookie(ANN));
      Path original = large(bed);
      Process service = start(bed);
      try {
        await().atMost(Duration.ofSeconds(60)).until(() -> isHealthy(port));
        bed.strava().subscribe("http://127.0.0.1:" + port + "/webhook");
        SimulatedActivity run =
            bed.strava().upload(SimulatedActivity.run(ANN).originalFile(original).build());
        Path delivered = bed.downloads().resolve(Pipeline.defaultPath(run));

        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(delivered));

        assertThat(Files.mismatch(original, delivered)).isEqualTo(-1);
        assertThat(service.isAlive()).isTrue();
      } finally {
        service.destroy();
        service.waitFor(20, TimeUnit.SECONDS);
        service.destroyForcibly();
      }
    }
  }

  /** A large valid file of concatenated FIT files. */
  private Path large(TestBed bed) throws Exception {
    SimulatedActivity day =
        bed.strava()
            .uploadSilently(SimulatedActivity.run(ANN).movingTime(Duration.ofHours(10)).build());
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(bed.strava().webUrl() + "/activities/" + day.id() + "/export_original"))
            .header("Cookie", "_strava4_session=" + bed.strava().sessionCookie(ANN))
            .build();
    byte[] segment = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body();
    Path file = folder.resolve("large.fit");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long size = 0; size < SIZE; size += segment.length) {
        out.write(segment);
      }
    }
    return file;
  }

  private Process start(TestBed bed) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-Dfitroute.home=" + TestBed.home(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            FitRoute.class.getName(),
            "serve");
    java.environment().putAll(bed.environment());
    return java.directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("service.log").toFile())
        .start();
  }

  private static boolean isHealthy(int port) throws Exception {
    try {
      return HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (ConnectException notYet) {
      return false;
    }
  }
}
