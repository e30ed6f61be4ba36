package io.fitroute.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fitroute.system.SystemServices;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

class LedgerTest {

  private static final Work<Integer> NOTE =
      jdbc ->
          jdbc.sql("insert into pause (subject, until_time, reason) values ('a', 1, 'b')").update();

  private static final Work<Integer> OTHER_NOTE =
      jdbc ->
          jdbc.sql("insert into pause (subject, until_time, reason) values ('b', 1, 'b')").update();

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsThereAfterItIsOpenedAgain() {
    try (Ledger ledger = open()) {
      assertThat(ledger.write(NOTE)).isEqualTo(1);
      assertThat(pauses(ledger)).isOne();
    }
    try (Ledger ledger = open()) {
      assertThat(pauses(ledger)).isOne();
    }
  }

  @Test
  void onlyItsOwnerMayLookIntoIt() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    try (Ledger ledger = open()) {
      ledger.write(NOTE);

      assertThat(permissions(file().getParent())).isEqualTo("rwx------");
      assertThat(permissions(file())).isEqualTo("rw-------");
      assertThat(permissions(Path.of(file() + "-wal"))).isEqualTo("rw-------");
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void throughTheReaderNothingIsWritten() {
    try (Ledger ledger = open()) {
      assertThatThrownBy(() -> NOTE.on(ledger.read())).isInstanceOf(DataAccessException.class);
      assertThat(pauses(ledger)).isZero();
    }
  }

  @Test
  void readingDoesNotWaitForAWrite() throws Exception {
    try (Ledger ledger = open()) {
      CompletableFuture<Long> seen =
          ledger.submit(
              jdbc -> {
                NOTE.on(jdbc);
                return pauses(ledger);
              });

      assertThat(seen.get(10, TimeUnit.SECONDS)).as("while it was not committed").isZero();
      assertThat(pauses(ledger)).isOne();
    }
  }

  @Test
  @Timeout(20)
  void itIsWritableAgainOnceAnotherProgramGivesTheFileFree() throws Exception {
    try (Ledger ledger =
            Ledger.openFile(
                "jdbc:sqlite:" + file(), Duration.ofMillis(100), SystemServices.ofJdk());
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> ledger.write(NOTE))
            .isInstanceOf(LedgerUnavailable.class)
            .hasMessageContaining("locked");
      }
      statement.execute("rollback");

      assertThat(ledger.write(NOTE)).isEqualTo(1);
      assertThatThrownBy(
              () ->
                  ledger.write(
                      jdbc -> {
                        jdbc.sql("delete from pause").update();
                        throw new IllegalStateException("half done");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("half done");
      assertThat(pauses(ledger)).as("taken back").isOne();
    }
  }

  @Test
  void whatIsNoDatabaseIsRefusedInOneLine() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "this is a letter, and quite a long one at that\n".repeat(100));

    assertThatThrownBy(() -> open().close())
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("not a database")
        .message()
        .doesNotContain("\n");
    assertThat(file()).content().startsWith("this is a letter");
  }

  @Test
  void aFolderThatCannotBeMadeIsRefusedInOneLine() throws IOException {
    Files.writeString(file().getParent(), "a file where the folder should be");

    assertThatThrownBy(() -> open().close())
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining(file().getParent().toString())
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aFolderInItsPlaceIsNamed() throws IOException {
    Files.createDirectories(file());

    assertThatThrownBy(() -> open().close())
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessage("the ledger " + file() + " cannot be used: it is a folder");
  }

  @Test
  void whatCannotBeWrittenToIsNamed() throws IOException {
    // not even root can write there
    Path closed = Path.of("/proc/sys/kernel/ostype");
    assumeTrue(Files.exists(closed), "only Linux has a file that not even root may write to");
    Files.createDirectories(file().getParent());
    Files.createSymbolicLink(file(), closed);

    assertThatThrownBy(() -> open().close())
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessage("the ledger %1$s cannot be used: %1$s cannot be written to", file());
    assertThatThrownBy(() -> Ledger.open("jdbc:sqlite:" + closed, "", "").close())
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessage(
            "the ledger %s cannot be used: %s cannot be written to", closed, closed.getParent());
  }

  @Test
  @Timeout(20)
  void whatAnotherProgramKeepsLockedIsRefusedInOneLine() throws Exception {
    Files.createDirectories(file().getParent());
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("begin exclusive");

      assertThatThrownBy(
              () ->
                  Ledger.openFile(
                      "jdbc:sqlite:" + file(), Duration.ofMillis(100), SystemServices.ofJdk()))
          .isInstanceOf(LedgerUnavailable.class)
          .hasMessageContaining("locked")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void afterItIsClosedNothingIsWritten() {
    Ledger ledger = open();
    ledger.close();

    assertThatThrownBy(() -> ledger.write(NOTE))
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessage("the ledger is closed");
  }

  @Test
  void theFileOfAnUrlIsItsPathWithoutPragmas() {
    assertThat(Ledger.file("jdbc:sqlite:/a/b.db?synchronous=FULL&x=?"))
        .contains(Path.of("/a/b.db"));
    assertThat(Ledger.file("jdbc:sqlite:b.db")).contains(Path.of("b.db"));
    assertThat(Ledger.file("jdbc:postgresql://host/b")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger.db", "ledger.db-wal", ""})
  void whatIsNoLongerAtItsPathTakesNothingUntilItIsPutBack(String name) throws IOException {
    try (Ledger ledger = open()) {
      ledger.write(NOTE);
      Path there = file().resolveSibling(name).normalize();
      Path away = folder.resolve("away");
      Files.move(there, away);

      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> ledger.write(OTHER_NOTE))
            .isInstanceOf(LedgerUnavailable.class)
            .hasMessageContaining("was deleted or replaced while it was open");
      }
      assertThat(there).doesNotExist();

      Files.move(away, there);
      assertThat(ledger.write(OTHER_NOTE)).isOne();
    }
    try (Ledger again = open()) {
      assertThat(pauses(again)).isEqualTo(2);
    }
  }

  @Test
  void aFileThatWasReplacedByAnotherTakesNothing() throws IOException {
    try (Ledger ledger = open()) {
      ledger.write(NOTE);
      Path copy = Files.copy(file(), folder.resolve("copy"));
      Files.move(copy, file(), StandardCopyOption.REPLACE_EXISTING);

      assertThatThrownBy(() -> ledger.write(OTHER_NOTE)).isInstanceOf(LedgerUnavailable.class);
    }
  }

  @Test
  void whatIsTakenAwayDuringAWriteIsNotAcknowledged() {
    try (Ledger ledger = open()) {
      ledger.write(NOTE);
      Work<Boolean> takingAway = jdbc -> OTHER_NOTE.on(jdbc) == 1 && file().toFile().delete();

      assertThatThrownBy(() -> ledger.write(takingAway)).isInstanceOf(LedgerUnavailable.class);
    }
  }

  @Test
  void theJournalStaysTheSameWhileConnectionsComeAndGo() throws Exception {
    try (Ledger ledger = open()) {
      for (int number = 0; number < 3; number++) {
        ledger.write(jdbc -> jdbc.sql("delete from pause").update());
        ledger.write(NOTE);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
            Statement statement = other.createStatement()) {
          statement.execute("pragma wal_checkpoint(truncate)");
        }
      }
      assertThat(pauses(ledger)).isOne();
    }
  }

  private Path file() {
    return folder.resolve("data").resolve("ledger.db");
  }

  private Ledger open() {
    return Ledger.open("jdbc:sqlite:" + file(), "", "");
  }

  private static long pauses(Ledger ledger) {
    return ledger.read().sql("select count(*) from pause").query(Long.class).single();
  }
}
