package io.fitroute.sink;

import static io.fitroute.runtime.TestBed.ATHLETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.TlsKey;
import io.fitroute.delivery.Deliveries;
import io.fitroute.delivery.Delivery;
import io.fitroute.fit.Sha256;
import io.fitroute.ledger.Database;
import io.fitroute.runtime.RunMode;
import io.fitroute.runtime.Service;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many activities at once, some with equal names, from two instances with four workers each, to
 * every kind of sink that is a folder. The result is checked at the servers.
 */
class CrowdIT {

  private static final int ACTIVITIES = 200;
  private static final int OF_ONE_NAME = 20;

  @TempDir Path folder;
  private final Map<String, Storage> storages = new TreeMap<>();
  private TestBed bed;
  private Service second;

  @BeforeEach
  void start() throws Exception {
    storages.put("sftp", new SshStorage(server("sftp")));
    storages.put("ftp", new FtpStorage(server("ftp"), Optional.empty()));
    Path key = TlsKey.make(folder.resolve("ftps.p12"), Wire.HOST);
    storages.put("ftps", new FtpStorage(server("ftps"), Optional.of(key)));
    storages.put("s3", new S3Storage(server("s3")));
    storages.put("webdav", new WebDavStorage(server("webdav")));
    bed = TestBed.prepare(folder).connect();
    bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE))
        .set("database.url", Database.POSTGRESQL.url(folder))
        .set("fit.sinks", "file," + String.join(",", storages.keySet()))
        .set("fit.file-name", "${variable.title}.fit")
        .set("on-delete", "purge");
    storages.values().forEach(storage -> storage.settings().forEach(bed::set));
    bed.start().subscribe();
    await().until(() -> !bed.service().athletes().all().isEmpty());
    Path data = Files.createDirectories(folder.resolve("data-of-the-second"));
    Files.copy(folder.resolve("data/data.key"), data.resolve("data.key"));
    second =
        Service.start(
            bed.settings()
                .with(
                    Map.of(
                        "data.dir", data.toString(),
                        "strava.access-token", "",
                        "strava.refresh-token", "")),
            TestBed.home(),
            RunMode.SERVE);
  }

  private Path server(String name) throws IOException {
    return Files.createDirectories(folder.resolve("servers/" + name + "/root"));
  }

  @AfterEach
  void stop() throws IOException {
    if (second != null) {
      second.close();
    }
    if (bed != null) {
      bed.close();
    }
    for (Storage storage : storages.values()) {
      storage.close();
    }
  }

  @Test
  void eachFileHasAPathOfItsOwnAtEachSinkAndOneGoesWithoutTheOthers() throws Exception {
    List<SimulatedActivity> runs = new ArrayList<>();
    for (int i = 1; i <= ACTIVITIES; i++) {
      String name = i % (ACTIVITIES / OF_ONE_NAME) == 0 ? "Morning Run" : "Run " + i;
      runs.add(
          bed.strava().upload(SimulatedActivity.run(ATHLETE).name(name).distance(500 + i).build()));
    }
    awaitDone(ACTIVITIES);

    assertEverythingIsWhereTheLedgerSays(ACTIVITIES);

    SimulatedActivity gone =
        runs.stream().filter(run -> run.name().equals("Morning Run")).findFirst().orElseThrow();
    bed.strava().delete(gone.id());
    awaitDone(ACTIVITIES + 1);

    assertThat(bed.service().deliveries().of(Long.toString(gone.id()))).isEmpty();
    assertEverythingIsWhereTheLedgerSays(ACTIVITIES - 1);
  }

  private void awaitDone(int events) {
    await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(Duration.ofMinutes(5))
        .until(
            () ->
                bed.service()
                        .ledger()
                        .read()
                        .sql("select count(*) from event where state = 'done'")
                        .query(Integer.class)
                        .single()
                    == events);
  }

  private void assertEverythingIsWhereTheLedgerSays(int files) throws Exception {
    for (String sink : bed.settings().list("fit.sinks")) {
      Map<String, String> recorded = new TreeMap<>();
      for (Delivery delivery : Deliveries.all(bed.service().ledger(), Optional.of(sink))) {
        assertThat(recorded.put(delivery.path(), delivery.sha256())).as(delivery.path()).isNull();
      }
      Map<String, String> there = new HashMap<>();
      for (Map.Entry<String, byte[]> file : files(sink).entrySet()) {
        there.put(file.getKey(), Sha256.of(file.getValue()));
      }
      assertThat(there).as(sink).isEqualTo(recorded).hasSize(files);
      assertThat(there.values()).as(sink).doesNotHaveDuplicates();
    }
  }

  private SortedMap<String, byte[]> files(String sink) throws IOException {
    if (storages.containsKey(sink)) {
      return storages.get(sink).files();
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(bed.downloads())) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }
}
