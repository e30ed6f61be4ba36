package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.inbox.EventState;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commits of what is not repeated are forced to disk: events, outcomes, deliveries, delivery
 * intents and tokens. The database itself records the setting used for each.
 */
@ParameterizedClass
@MethodSource("io.fitroute.ledger.Database#all")
class DurableCommitsIT {

  private static final Map<String, String> EFFECTS =
      Map.of(
          "accepted", "insert on event",
          "ended", "update of state on event",
          "noted", "insert on delivery_intent",
          "delivered", "insert on delivery",
          "renewed", "update of access_token on athlete");

  @Parameter private Database database;
  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void start() {
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
    pipeline.set("database.url", database.url(folder)).start();
    execute("create table forced_write (effect text not null, setting text not null)");
    if (database == Database.POSTGRESQL) {
      execute(
          """
          create function note_setting() returns trigger language plpgsql as $$ begin
            insert into forced_write values (tg_argv[0], current_setting('synchronous_commit'));
            return null;
          end $$""");
    }
    EFFECTS.forEach(this::observe);
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  private void observe(String effect, String change) {
    execute(
        database == Database.SQLITE
            ? """
              create trigger note_%1$s after %2$s begin
                insert into forced_write select '%1$s', synchronous from pragma_synchronous;
              end"""
                .formatted(effect, change)
            : "create trigger note_%1$s after %2$s for each row execute function note_setting('%1$s')"
                .formatted(effect, change));
  }

  private Ledger ledger() {
    return pipeline.bed().service().ledger();
  }

  private void execute(String sql) {
    ledger().write(jdbc -> jdbc.sql(sql).update());
  }

  @Test
  void eachIsOnDiskBeforeAnythingIsBuiltOnIt() {
    pipeline.strava().expireAccessToken(ANN);

    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));

    assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
    String forced = database == Database.SQLITE ? "2" : "on"; // 2 is SQLite's number for FULL
    await().untilAsserted(() -> assertThat(settings()).hasSameSizeAs(EFFECTS));
    assertThat(settings())
        .allSatisfy((effect, setting) -> assertThat(setting).containsOnly(forced));
  }

  /** The settings used for each effect. */
  private Map<String, Set<String>> settings() {
    record Written(String effect, String setting) {}
    List<Written> written =
        ledger()
            .read()
            .sql("select effect, setting from forced_write")
            .query((row, number) -> new Written(row.getString("effect"), row.getString("setting")))
            .list();
    return written.stream()
        .collect(
            Collectors.groupingBy(
                Written::effect, Collectors.mapping(Written::setting, Collectors.toSet())));
  }
}
