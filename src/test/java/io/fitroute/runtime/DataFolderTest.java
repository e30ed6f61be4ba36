package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFolderTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"rw-------, 0", "rw-r-----, 1", "rw----r--, 1", "r--------, 0"})
  void aKeyThatOthersMayReadIsWarnedOf(String permissions, int warnings) throws IOException {
    Path key = Files.writeString(folder.resolve("data.key"), "secret");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));
    try (LogLines log = new LogLines()) {
      DataFolder.warnOfReaders(key);
      DataFolder.warnOfReaders(folder.resolve("no such file"));

      assertThat(log.all())
          .filteredOn(line -> line.endsWith("is readable by others: run chmod 600 " + key))
          .hasSize(warnings);
    }
  }

  @Test
  void everyFileThatHoldsAKeyIsLookedAt() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "a".repeat(64));
    Path previous = Files.writeString(folder.resolve("previous"), "b".repeat(64));
    Settings settings =
        Settings.load(
            Map.of("DATA_KEY_FILE", key.toString(), "DATA_PREVIOUS_KEY_FILE", "previous"),
            folder,
            TestBed.home());

    assertThat(DataVault.keyFiles(settings))
        .containsExactly(settings.path("data.dir").resolve("data.key"), key, previous);
  }
}
