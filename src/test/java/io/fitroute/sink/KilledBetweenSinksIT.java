package io.fitroute.sink;

import static io.fitroute.runtime.TestBed.ATHLETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.runtime.ServiceProcess;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that is killed when one sink has a file and the other does not. */
class KilledBetweenSinksIT {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Timeout(120)
  void bothGetTheSameFileEvenIfABetterOneIsAvailableByThen(boolean kept) throws Exception {
    Path server = Files.createDirectories(folder.resolve("server"));
    try (TestBed bed = TestBed.prepare(folder).connect();
        Storage webdav = new WebDavStorage(server)) {
      bed.set("fit.sinks", "file,webdav");
      webdav.settings().forEach(bed::set);
      Path home = TestBed.copyHome(folder.resolve("home"));
      ServiceProcess service = new ServiceProcess(folder, home, bed.environment());
      try {
        service.start();
        bed.strava().subscribe(service.url("/webhook").toString());
        webdav.wire().holdAfter(1);
        SimulatedActivity run = bed.strava().upload(SimulatedActivity.run(ATHLETE).build());
        await().atMost(Duration.ofSeconds(30)).until(webdav.wire()::isHolding);
        Path file = bed.downloads().resolve(path(run));
        byte[] streams = Files.readAllBytes(file);

        service.kill();
        if (!kept) {
          forgetKeptExports(); // as an instance with a data folder of its own sees it
        }
        webdav.wire().release();
        service.set("STRAVA_SESSION_COOKIE", bed.strava().sessionCookie(ATHLETE));
        service.start();

        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> webdav.files().keySet().equals(Set.of(path(run))));
        assertThat(webdav.files().get(path(run))).isEqualTo(streams);
        assertThat(file).hasBinaryContent(streams);
      } finally {
        service.kill();
      }
    }
  }

  private void forgetKeptExports() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("kept-")) {
          Files.delete(file);
        }
      }
    }
  }

  private static String path(SimulatedActivity run) {
    return "2026/11/" + run.id() + ".fit";
  }
}
