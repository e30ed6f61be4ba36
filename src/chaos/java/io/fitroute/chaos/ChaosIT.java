package io.fitroute.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ledger.Database;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few small chaos runs; {@link Chaos} does the long ones. */
final class ChaosIT {

  private static final int SMALL = 60;
  private static final int API_LIMIT = 40;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"1, 1, SQLITE", "2, 2, SQLITE", "3, 1, SQLITE", "4, 2, POSTGRESQL"})
  void promisesHoldWhateverIsKilledAndWhateverFails(long seed, int processes, Database database)
      throws IOException {
    Scale scale = new Scale(SMALL, processes, API_LIMIT, database);

    Result result = new Run(seed, scale).in(Path.of("").toAbsolutePath(), folder);

    assertThat(result.eventLogs()).isEmpty();
    assertThat(result.kills()).isPositive();
    assertThat(result.mishaps()).isPositive();
    assertThat(result.acknowledged()).isPositive();
    assertThat(result.files()).isPositive();
  }
}
