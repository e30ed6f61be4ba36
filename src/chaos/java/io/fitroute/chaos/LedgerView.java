package io.fitroute.chaos;

import io.fitroute.inbox.EventLog;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.simulator.AthleteTokens;
import io.fitroute.strava.oauth.TokenGrant;
import io.fitroute.strava.oauth.TokenStore;
import io.fitroute.system.SystemServices;
import io.fitroute.vault.KeyRing;
import io.fitroute.vault.Vault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Reads the services' ledger from outside. It is opened for each access only, so the ledger of a
 * killed process stays as that process left it.
 */
final class LedgerView {

  private final String url;
  private final Path keyFile;
  private final DataSource dataSource;

  /**
   * @param url the value of {@code database.url}
   * @param keyFile the key file, which may not exist yet
   */
  LedgerView(String url, Path keyFile) {
    this.url = url;
    this.keyFile = keyFile;
    this.dataSource = Ledger.file(url).isPresent() ? file(url) : new DriverManagerDataSource(url);
  }

  private static DataSource file(String url) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) Duration.ofSeconds(20).toMillis());
    SQLiteDataSource file = new SQLiteDataSource(config);
    file.setUrl(url);
    return file;
  }

  /** The ledger's files; none on a server. */
  List<Path> files() {
    return Ledger.file(url).stream()
        .flatMap(file -> Stream.of("", "-wal", "-shm").map(end -> Path.of(file + end)))
        .toList();
  }

  /** Restarts the database server. */
  void restartServer() {
    Database.restart(dataSource);
  }

  /** The value of {@code database.url}. */
  String url() {
    return url;
  }

  private JdbcClient jdbc() {
    return JdbcClient.create(dataSource);
  }

  /** Creates the ledger if necessary, and stores new tokens of an athlete. */
  void connect(long athleteId, AthleteTokens tokens) {
    TokenGrant grant =
        new TokenGrant(
            tokens.accessToken(),
            tokens.refreshToken(),
            tokens.expiresAt(),
            Optional.of(String.join(",", tokens.scope())));
    try (Ledger ledger = Ledger.open(url, "", "")) {
      store(ledger).connect(Long.toString(athleteId), "Athlete " + athleteId, grant);
    }
  }

  /**
   * An event of the inbox.
   *
   * @param updates as JSON
   * @param reason empty if there is none yet
   * @param settledAt empty while it is pending
   */
  record EventRow(
      long id,
      String objectType,
      String objectId,
      String aspect,
      Instant eventTime,
      String updates,
      String state,
      String reason,
      Optional<Instant> settledAt) {}

  List<EventRow> events() {
    return jdbc()
        .sql("select * from event order by id")
        .query(
            (row, number) ->
                new EventRow(
                    row.getLong("id"),
                    row.getString("object_type"),
                    row.getString("object_id"),
                    row.getString("aspect"),
                    Instant.ofEpochMilli(row.getLong("event_time")),
                    row.getString("updates"),
                    row.getString("state"),
                    Optional.ofNullable(row.getString("reason")).orElse(""),
                    Optional.ofNullable(row.getObject("settled_at"))
                        .map(at -> Instant.ofEpochMilli(((Number) at).longValue()))))
        .list();
  }

  /** A delivered file. */
  record DeliveryRow(String activityId, String sink, String path, long size, String sha256) {}

  List<DeliveryRow> deliveries() {
    return jdbc()
        .sql(
            "select activity_id, sink, path, size, sha256 from delivery order by activity_id, sink")
        .query(
            (row, number) ->
                new DeliveryRow(
                    row.getString("activity_id"),
                    row.getString("sink"),
                    row.getString("path"),
                    row.getLong("size"),
                    row.getString("sha256")))
        .list();
  }

  /** The number of pending events. */
  int pending() {
    return count("select count(*) from event where state = 'pending'");
  }

  /** Whether events wait longer than this, such as for the next window of the API budget. */
  boolean isAnyDueAfter(Duration time) {
    return jdbc()
            .sql("select count(*) from event where lease is null and due_at > ?")
            .param(Instant.now().plus(time).toEpochMilli())
            .query(Integer.class)
            .single()
        > 0;
  }

  /** The known athletes, whether or not their tokens are valid. */
  List<Long> athletes() {
    return jdbc().sql("select id from athlete").query(Long.class).list();
  }

  /** The athletes who must reconnect, with their refresh tokens. */
  List<Lost> lost() {
    return jdbc()
        .sql("select id, reason from athlete where state <> 'connected'")
        .query(
            (row, number) ->
                new Lost(
                    row.getLong("id"), refreshToken(row.getString("id")), row.getString("reason")))
        .list();
  }

  private String refreshToken(String athleteId) {
    try (Ledger ledger = Ledger.open(url, "", "")) {
      return store(ledger).find(athleteId).orElseThrow().refreshToken();
    }
  }

  /** Uses the key in the services' data folder, which may have to be created. */
  private TokenStore store(Ledger ledger) {
    SystemServices services = SystemServices.ofJdk();
    KeyRing ring = KeyRing.of(Optional.empty(), Optional.empty(), keyFile, services);
    return new TokenStore(ledger, Vault.open(ledger, ring, services), services.clock());
  }

  /** An athlete who must reconnect. */
  record Lost(long athleteId, String refreshToken, String reason) {
    /** Does not show the token. */
    @Override
    public String toString() {
      return "athlete " + athleteId + " (" + reason + ")";
    }
  }

  /**
   * Makes time pass in the ledger: attempts, pauses and the recorded budget become older. Leases
   * stay, because their holders live on.
   *
   * @param condition evaluated while no other process writes, so that no request is counted; time
   *     passes if it is true
   * @return the value of the condition
   */
  boolean passTime(Duration time, BooleanSupplier condition) {
    long millis = time.toMillis();
    try (Ledger ledger = Ledger.open(url, "", "")) {
      return ledger.write(jdbc -> condition.getAsBoolean() && passTime(jdbc, millis));
    }
  }

  private static boolean passTime(JdbcClient jdbc, long millis) {
    jdbc.sql("update budget set seen_at = seen_at - ?").param(millis).update();
    jdbc.sql("update pause set until_time = until_time - ?").param(millis).update();
    jdbc.sql("update event set due_at = due_at - ? where lease is null and due_at is not null")
        .param(millis)
        .update();
    return true;
  }

  /** A refusal for the API budget that a service received and had time to record. */
  record Refusal(String activityId, Instant at) {}

  List<Refusal> refusals() {
    return jdbc()
        .sql(
            "select event.object_id, event_log.at from event_log join event on event.id = event_log.event_id"
                + " where event_log.step like 'Strava answered 429 %' order by event_log.at")
        .query(
            (row, number) ->
                new Refusal(row.getString("object_id"), Instant.ofEpochMilli(row.getLong("at"))))
        .list();
  }

  /** Everything the ledger knows of an activity, as lines. */
  List<String> eventLog(String activityId) {
    List<String> lines = new ArrayList<>();
    try (Ledger ledger = Ledger.open(url, "", "")) {
      events().stream()
          .filter(event -> event.objectId().equals(activityId))
          .forEach(event -> lines.add(event.toString()));
      deliveries().stream()
          .filter(delivery -> delivery.activityId().equals(activityId))
          .forEach(delivery -> lines.add(delivery.toString()));
      new EventLog(ledger, Clock.systemUTC())
          .of(activityId)
          .forEach(step -> lines.add(step.at() + " event " + step.eventId() + " " + step.text()));
    }
    return lines;
  }

  private int count(String question) {
    return jdbc().sql(question).query(Integer.class).single();
  }
}
