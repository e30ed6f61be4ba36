package io.fitroute.sink;

import static io.fitroute.runtime.TestBed.ATHLETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.runtime.ServiceProcess;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed when one sink has a file and the other does not. */
class KilledBetweenSinksIT {

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void bothGetTheSameFileEvenIfABetterOneIsAvailableByThen() throws Exception {
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

  private static String path(SimulatedActivity run) {
    return "2026/11/" + run.id() + ".fit";
  }
}
