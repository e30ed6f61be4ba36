package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.ledger.Database;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The service as a process, killed while it accepts events. */
@ParameterizedClass
@MethodSource("io.fitroute.ledger.Database#all")
class KillIT {

  private static final int EVENTS = 2_000;
  private static final int CONNECTIONS = 8;

  @Parameter private Database database;
  @TempDir Path folder;

  private final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicLong nextObject = new AtomicLong(19_000_000_000L);
  private String url;
  private ServiceProcess service;

  @BeforeEach
  void prepare() throws IOException {
    url = database.url(Files.createDirectories(folder.resolve("data")));
    service = new ServiceProcess(folder, Map.of("DATABASE_URL", url));
  }

  @AfterEach
  void end() {
    service.kill();
  }

  @Test
  @Timeout(120)
  void whatWasAcknowledgedIsThereHoweverOftenTheServiceIsKilled() throws Exception {
    int kills =
        database == Database.SQLITE ? 3 : 1; // only services are killed, not the database server
    for (int kill = 1; kill <= kills; kill++) {
      service.start();
      postAndKill();
      assertAllStored();
    }
    assertThat(acknowledged).hasSizeGreaterThan(kills * EVENTS / 10);
  }

  /** Kills the service at some point between the first and the last event. */
  private void postAndKill() throws Exception {
    int before = acknowledged.size();
    int enough = ThreadLocalRandom.current().nextInt(EVENTS / 10, EVENTS * 9 / 10);
    ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<?>> sending = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        sending.add(clients.submit(this::postUntilKilled));
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> acknowledged.size() >= before + enough);
      service.kill();
      for (Future<?> one : sending) {
        one.get(30, TimeUnit.SECONDS);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private void postUntilKilled() {
    try {
      for (int i = 0; i < EVENTS / CONNECTIONS; i++) {
        long object = nextObject.incrementAndGet();
        HttpResponse<String> answer = service.post(WebhookBodies.created(object));
        assertThat(answer.statusCode()).isEqualTo(200);
        acknowledged.add(object);
      }
    } catch (IOException e) {
      // the service was killed; Strava sends again what was not acknowledged
    }
  }

  private void assertAllStored() throws Exception {
    try (Connection ledger = DriverManager.getConnection(url);
        Statement statement = ledger.createStatement()) {
      if (database == Database.SQLITE) {
        assertThat(column(statement, "pragma integrity_check")).containsExactly("ok");
      }
      assertThat(column(statement, "select object_id from event"))
          .containsAll(acknowledged.stream().map(String::valueOf).toList());
    }
  }

  private static List<String> column(Statement statement, String question) throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(question)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
