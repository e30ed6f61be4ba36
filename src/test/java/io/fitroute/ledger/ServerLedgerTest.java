package io.fitroute.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** A ledger on PostgreSQL, which several processes may use. */
class ServerLedgerTest {

  private static final Work<Integer> NOTE =
      jdbc ->
          jdbc.sql("insert into pause (subject, until_time, reason) values ('a', 0, 'b')").update();

  private static final Work<Integer> COUNT_UP =
      jdbc -> {
        long value =
            jdbc.sql("select until_time from pause where subject = 'a'").query(Long.class).single();
        return jdbc.sql("update pause set until_time = ? where subject = 'a'")
            .param(value + 1)
            .update();
      };

  @TempDir Path folder;
  private String url;

  @BeforeEach
  void make() {
    url = Database.POSTGRESQL.url(folder);
  }

  private Ledger open() {
    return Ledger.open(url, "", "");
  }

  private static long value(Ledger ledger) {
    return ledger.read().sql("select until_time from pause").query(Long.class).single();
  }

  @Test
  void whatIsWrittenIsThereAfterItIsOpenedAgain() {
    try (Ledger ledger = open()) {
      assertThat(ledger.write(NOTE)).isOne();
    }
    try (Ledger ledger = open()) {
      assertThat(value(ledger)).isZero();
    }
  }

  @Test
  void throughTheReaderNothingIsWritten() {
    try (Ledger ledger = open()) {
      assertThatThrownBy(() -> NOTE.on(ledger.read())).isInstanceOf(DataAccessException.class);
    }
  }

  @Test
  void programsThatShareItWriteOneAfterTheOther() {
    try (Ledger one = open();
        Ledger other = open()) {
      one.write(NOTE);
      List<CompletableFuture<Integer>> writes = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        writes.add((i % 2 == 0 ? one : other).submit(COUNT_UP));
      }
      writes.forEach(CompletableFuture::join);

      assertThat(value(one)).isEqualTo(200);
    }
  }

  @Test
  void aConnectionThatIsLostIsReplaced() throws Exception {
    try (Ledger ledger = open()) {
      ledger.write(NOTE);
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name = 'fitroute' and datname = current_database()");
      }

      await()
          .ignoreExceptionsInstanceOf(LedgerUnavailable.class)
          .until(() -> ledger.write(COUNT_UP) == 1);
      await().ignoreExceptions().until(() -> value(ledger) > 0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theServerKnowsWhatBecameOfACommitWhoseAnswerWasLost(boolean committed) {
    try (Ledger ledger = open()) {
      ledger.write(NOTE);
      SingleConnectionDataSource connection = new SingleConnectionDataSource(url, true);
      PlatformTransactionManager answersAreLost =
          new DataSourceTransactionManager(connection) {
            private static final long serialVersionUID = 1;

            @Override
            protected void doCommit(DefaultTransactionStatus status) {
              if (committed) {
                super.doCommit(status);
              } else {
                super.doRollback(status);
              }
              throw new TransactionSystemException("no answer");
            }
          };
      try (GroupCommit writer =
          new GroupCommit(
              answersAreLost,
              answersAreLost,
              JdbcClient.create(connection),
              () -> {},
              Optional.of(Ledger.ONE_WRITER),
              SystemServices.ofJdk())) {
        CompletableFuture<Integer> counted = writer.commit(COUNT_UP, true);

        assertThat(counted.isCompletedExceptionally()).isEqualTo(!committed);
        assertThat(value(ledger)).isEqualTo(committed ? 1 : 0);
      } finally {
        connection.destroy();
      }
    }
  }

  @Test
  void aServerThatIsNotThereIsNamedWithoutThePassword() {
    assertThatThrownBy(() -> Ledger.open("jdbc:postgresql://127.0.0.1:1/x?password=w0rd", "", ""))
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/x cannot be used")
        .hasMessageNotContaining("w0rd");
  }
}
