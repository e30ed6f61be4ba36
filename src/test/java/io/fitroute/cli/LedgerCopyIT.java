package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copying a ledger to another database. */
class LedgerCopyIT {

  private static final long ANN = TestBed.ATHLETE;

  @TempDir Path folder;

  private Run run(Map<String, String> environment, String... arguments) {
    return Run.of(Run.environment(environment, folder), arguments);
  }

  private Run copy(String to, String... more) {
    List<String> arguments = new ArrayList<>(List.of("ledger", "copy", "--to", to));
    arguments.addAll(List.of(more));
    return run(
        Map.of("DATA_DIR", folder.resolve("data").toString()), arguments.toArray(String[]::new));
  }

  private String sqlite() {
    return "jdbc:sqlite:" + folder.resolve("data/fitroute.db");
  }

  private static long settled(TestBed bed) {
    return bed.service()
        .ledger()
        .read()
        .sql("select count(*) from event where state <> 'pending'")
        .query(Long.class)
        .single();
  }

  /** The contents of a ledger by table, in a defined order. */
  private static Map<String, List<String>> contents(String url) throws SQLException {
    Map<String, List<String>> contents = new TreeMap<>();
    try (Ledger ledger = Ledger.open(url, "", "")) {
      for (String table : tables(url)) {
        contents.put(
            table,
            ledger.read().sql("select * from " + table).query().listOfRows().stream()
                .map(row -> new TreeMap<>(row).toString())
                .sorted()
                .toList());
      }
    }
    return contents;
  }

  private static List<String> tables(String url) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (var connection = DriverManager.getConnection(url)) {
      DatabaseMetaData meta = connection.getMetaData();
      try (ResultSet row = meta.getTables(null, null, "%", new String[] {"TABLE"})) {
        while (row.next()) {
          tables.add(row.getString("TABLE_NAME"));
        }
      }
    }
    tables.removeIf(name -> name.startsWith("flyway") || name.startsWith("sqlite"));
    return tables;
  }

  @Test
  void aServiceGoesOnWithTheCopyWhereItWas() throws Exception {
    String server = Database.POSTGRESQL.url(folder);
    try (TestBed bed = TestBed.ready(folder)) {
      await().until(() -> !bed.service().athletes().all().isEmpty());
      SimulatedActivity before = bed.strava().upload(SimulatedActivity.run(ANN).build());
      await().until(() -> settled(bed) == 1);

      Run besideService = run(bed.environment(), "ledger", "copy", "--to", server);
      assertThat(besideService.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(besideService.err()).hasLineCount(1).contains("stop it first");
      bed.service()
          .ledger()
          .write(jdbc -> jdbc.sql("update sqlite_sequence set seq = 4711").update());
      bed.stop();

      Run copied = run(bed.environment(), "ledger", "copy", "--to", server);

      assertThat(copied.err()).isEmpty();
      assertThat(copied.exitCode()).isZero();
      assertThat(copied.out())
          .contains("copied " + sqlite(), "the tokens of 1 athlete can be used")
          .containsPattern("delivery +1\n")
          .contains("next: set database.url=" + server, "DATABASE_PASSWORD", "keep data.dir");
      Map<String, List<String>> moved = contents(server);
      assertThat(moved).isEqualTo(contents(sqlite()));
      assertThat(moved.get("event")).hasSize(1);
      assertThat(moved.get("activity")).first().asString().contains("distance=5000.0");

      bed.set("database.url", server)
          .set("strava.access-token", "")
          .set("strava.refresh-token", "");
      bed.strava().expireAccessToken(ANN);
      bed.start().subscribe();
      SimulatedActivity after = bed.strava().upload(SimulatedActivity.run(ANN).build());
      bed.strava().deliver(WebhookEvent.created(before.id(), ANN, Instant.now()));
      await().until(() -> settled(bed) == 3);
      assertThat(bed.files())
          .containsExactly("2026/11/" + before.id() + ".fit", "2026/11/" + after.id() + ".fit");
      assertThat(
              bed.service()
                  .ledger()
                  .read()
                  .sql("select min(id) from event where id > 1")
                  .query(Long.class)
                  .single())
          .as("numbers that were given once are not given again")
          .isEqualTo(4712);
      assertThat(bed.strava().count("GET", "/activities/" + before.id() + "/export_original"))
          .isOne();

      Run besideOther = copy(server);
      assertThat(besideOther.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(besideOther.err()).hasLineCount(1).contains("a service");
    }
  }

  @Test
  void rowsOfManyBatchesArriveAndComeBackFromTheServer() throws Exception {
    try (Ledger ledger = Ledger.open(sqlite(), "", "")) {
      ledger.write(
          jdbc ->
              jdbc.sql(
                      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1001)"
                          + " insert into event (origin, priority, subscription_id, object_type, object_id,"
                          + " aspect, owner_id, event_time, updates, received_at, state)"
                          + " select 'test', 0, 9007199254740993, 'activity', 'x' || i, 'create', '1', i,"
                          + " '{\"title\":\"Zo\u00eb \ud83c\udfc3\"}', i, 'done' from n")
                  .update());
      ledger.write(
          jdbc ->
              jdbc.sql("insert into notice values ('a' || char(0), 'nul' || char(0) || '!', '', 1)")
                  .update());
    }
    String server = Database.POSTGRESQL.url(folder);

    Run there = copy(server, "--json");
    assertThat(there.exitCode()).as(there.err()).isZero();
    assertThat(there.out())
        .contains("{\"table\":\"event\",\"rows\":1001}", "\"rows\":1002", "\"athletes\":0")
        .hasLineCount(1);
    Map<String, List<String>> moved = contents(server);
    assertThat(moved.get("notice")).containsExactly("{detail=, since=1, subject=a, summary=nul!}");

    Path back = folder.resolve("back/fitroute.db");
    Run returned =
        run(
            Map.of("DATA_DIR", folder.resolve("data").toString(), "DATABASE_URL", server),
            "ledger",
            "copy",
            "--to",
            "jdbc:sqlite:" + back);
    assertThat(returned.exitCode()).as(returned.err()).isZero();
    assertThat(contents("jdbc:sqlite:" + back)).isEqualTo(moved);
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + back, "", "")) {
      assertThat(ledger.read().sql("select seq from sqlite_sequence").query(Long.class).single())
          .isEqualTo(1001);
    }

    Run again = copy(server);
    assertThat(again.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(again.err()).hasLineCount(1).contains("holds data already", "its table event");
  }

  @Test
  void whatCannotBeCopiedWholeIsNotCopiedAtAll() throws Exception {
    try (Ledger ledger = Ledger.open(sqlite(), "", "")) {
      ledger.write(
          jdbc ->
              jdbc.sql("insert into pause values ('a', 1, 'b')").update()
                  + jdbc.sql("insert into budget values ('Secret', 99999999999, 0, 0, 0, 0, 0)")
                      .update()
                  + jdbc.sql(
                          "insert into athlete (id, name, access_token, refresh_token, expires_at,"
                              + " scope, state, updated_at)"
                              + " values ('1', 'n', '', '', 0, '', 'x', 0)")
                      .update());
    }
    String server = Database.POSTGRESQL.url(folder);

    Run failed = copy(server);

    assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(failed.err())
        .startsWith("fitroute: nothing was copied: ")
        .hasLineCount(1)
        .doesNotContain("Secret");
    assertThat(contents(server).values()).allMatch(List::isEmpty);
    try (Ledger ledger = Ledger.open(sqlite(), "", "")) {
      ledger.write(jdbc -> jdbc.sql("delete from budget").update());
    }
    assertThat(copy(server).exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://h/d?user=u&password=w0rd",
        "jdbc:postgresql://u:w0rd@h/d",
        "jdbc:postgresql://h/d?sslPassword=w0rd"
      })
  void aPasswordOnTheCommandLineIsRefused(String to) {
    Run refused = copy(to);

    assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(refused.err()).contains("--password-file").doesNotContain("w0rd").hasLineCount(1);
  }

  @Test
  void whatMakesNoSenseIsRefusedInOneLine() throws Exception {
    assertThat(copy("jdbc:sqlite:x.db").err()).contains("there is nothing to copy");
    Ledger.open(sqlite(), "", "").close();
    assertThat(copy("postgres://h/d").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(copy(sqlite()).err()).contains("is the configured database").hasLineCount(1);
    assertThat(run(Map.of(), "ledger", "move", "--to", "jdbc:sqlite:x").exitCode())
        .isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run(Map.of(), "ledger", "copy").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    Files.writeString(folder.resolve("pw"), "w0rd\n");
    Run away = copy("jdbc:postgresql://127.0.0.1:1/x", "--user", "u", "--password-file", "pw");
    assertThat(away.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(away.err())
        .contains("jdbc:postgresql://127.0.0.1:1/x cannot be used")
        .doesNotContain("w0rd")
        .hasLineCount(1);
    assertThat(copy("jdbc:postgresql://h/x", "--password-file", "nowhere").err())
        .contains("--password-file cannot be read");
  }
}
