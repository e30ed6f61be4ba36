package io.fitroute.sink;

import static io.fitroute.runtime.TestBed.ATHLETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.fit.Sha256;
import io.fitroute.runtime.ServiceProcess;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service as a process of its own, killed while servers hold what it asks them for: after some
 * message of an operation, a different one for each sink and time.
 */
class KilledSinkIT {

  private static final int ACTIVITIES_OF_A_SINK = 3;

  /** Of the usual number of messages: how they are cut into pieces varies a little. */
  private static final double MOST = 0.8;

  private static final String ROUTE =
      """
      - route:
          id: choose-sinks
          description: Names the sink of a file, the first word of its title.
          from:
            uri: direct:choose-sinks
            steps:
              - setVariable:
                  name: sinks
                  expression:
                    simple:
                      expression: "${variable.title.replaceFirst(' .*', '')}"
      """;

  @TempDir Path folder;
  private final Map<String, Storage> storages = new TreeMap<>();
  private final Map<Long, String> sinks = new TreeMap<>();
  private TestBed bed;
  private ServiceProcess service;
  private double part;
  private int expected;

  @BeforeEach
  void prepare() throws Exception {
    storages.put("sftp", new SshStorage(server("sftp")));
    storages.put("ftp", new FtpStorage(server("ftp"), Optional.empty()));
    storages.put("s3", new S3Storage(server("s3")));
    storages.put("webdav", new WebDavStorage(server("webdav")));
    bed = TestBed.prepare(folder).connect();
    bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE))
        .set("fit.sinks", String.join(",", storages.keySet()))
        .set("fit.file-name", "${variable.yyyy}/${variable.title}.fit")
        .set("inbox.workers", "8")
        .set("on-delete", "trash")
        .set("removal.brake", "100");
    storages.values().forEach(storage -> storage.settings().forEach(bed::set));
    Path home = TestBed.copyHome(folder.resolve("home"));
    Files.writeString(home.resolve("routes/own/choose-sinks.camel.yaml"), ROUTE);
    service = new ServiceProcess(folder, home, bed.environment());
    service.start();
    bed.strava().subscribe(service.url("/webhook").toString());
  }

  private Path server(String name) throws IOException {
    return Files.createDirectories(folder.resolve("servers/" + name + "/root"));
  }

  @AfterEach
  void end() throws IOException {
    service.kill();
    bed.close();
    for (Storage storage : storages.values()) {
      storage.close();
    }
  }

  @Timeout(240)
  @RepeatedTest(2)
  void nothingIsLostDoubledOrLeftBehind(RepetitionInfo repetition) throws Exception {
    part = (double) repetition.getCurrentRepetition() / repetition.getTotalRepetitions();
    messages(this::uploadOne); // makes the folders
    messages(this::deleteOne);
    Map<String, Long> put = messages(this::uploadOne);
    Map<String, Long> move = messages(() -> rename("renamed"));
    Map<String, Long> trash = messages(this::deleteOne);

    killDuring(
        put,
        () -> {
          for (int i = 0; i < ACTIVITIES_OF_A_SINK; i++) {
            uploadOne();
          }
        });
    killDuring(move, () -> rename("moved"));
    killDuring(trash, this::deleteOne);
    service.kill();
    service.set("ON_DELETE", "purge");
    service.start();
    Map<String, Long> purge = messages(this::deleteOne);
    killDuring(purge, this::deleteOne);

    assertThat(sinks).isEmpty();
    for (Storage storage : storages.values()) {
      assertThat(storage.files())
          .hasSize(3)
          .allSatisfy((path, content) -> assertThat(path).startsWith("trash/"));
    }
  }

  /** Has one activity come for each sink, all of one name. */
  private void uploadOne() {
    for (String sink : storages.keySet()) {
      SimulatedActivity run =
          bed.strava()
              .upload(
                  SimulatedActivity.run(ATHLETE)
                      .name(sink + " run")
                      .distance(1_000 + expected)
                      .build());
      sinks.put(run.id(), sink);
      expected++;
    }
  }

  private void rename(String name) {
    sinks.forEach(
        (id, sink) -> {
          bed.strava().update(id, activity -> activity.name(sink + " " + name));
          expected++;
        });
  }

  /** Has one activity go that each sink has. */
  private void deleteOne() {
    for (String sink : storages.keySet()) {
      long id =
          sinks.keySet().stream()
              .filter(one -> sinks.get(one).equals(sink))
              .findFirst()
              .orElseThrow();
      sinks.remove(id);
      bed.strava().delete(id);
      expected++;
    }
  }

  /** How many messages each server gets for a change. */
  private Map<String, Long> messages(Runnable change) throws Exception {
    Map<String, Long> before = new HashMap<>();
    storages.forEach((sink, storage) -> before.put(sink, storage.wire().messages()));
    change.run();
    awaitDone();
    assertEverythingIsWhereTheLedgerSays();
    Map<String, Long> sent = new HashMap<>();
    storages.forEach(
        (sink, storage) -> sent.put(sink, storage.wire().messages() - before.get(sink)));
    return sent;
  }

  private void killDuring(Map<String, Long> usual, Runnable change) throws Exception {
    double share = part;
    for (Map.Entry<String, Storage> one : storages.entrySet()) {
      share = (share + 0.618) % 1;
      one.getValue().wire().holdAfter(1 + (long) (share * MOST * usual.get(one.getKey())));
    }
    change.run();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> storages.values().stream().allMatch(one -> one.wire().isHolding()));
    service.kill();
    storages.values().forEach(storage -> storage.wire().release());
    int before = service.log().length();
    service.start();
    awaitDone();
    assertThat(service.log().substring(before)).doesNotContain(" did not ");
    assertEverythingIsWhereTheLedgerSays();
  }

  private void awaitDone() {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThat(rows("select count(*) from event where state in ('done', 'skipped')"))
                    .as(() -> String.join("\n", unfinished()))
                    .containsExactly(Integer.toString(expected)));
  }

  private List<String> unfinished() {
    try {
      return rows(
          "select id || ' ' || state || ' ' || reason from event where state not in ('done', 'skipped')");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertEverythingIsWhereTheLedgerSays() throws Exception {
    for (Map.Entry<String, Storage> one : storages.entrySet()) {
      List<String> there = new ArrayList<>();
      one.getValue().files().forEach((path, content) -> there.add(path + " " + Sha256.of(content)));
      there.removeIf(file -> file.startsWith("trash/"));
      assertThat(there)
          .as(one.getKey())
          .containsExactlyInAnyOrderElementsOf(
              rows(
                  "select path || ' ' || sha256 from delivery where sink = '" + one.getKey() + "'"))
          .hasSize((int) sinks.values().stream().filter(one.getKey()::equals).count())
          .doesNotHaveDuplicates();
    }
    assertThat(rows("select sink from sink_trouble")).isEmpty();
  }

  private List<String> rows(String question) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + bed.ledgerFile());
        Statement statement = ledger.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
