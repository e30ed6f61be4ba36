package io.fitroute.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small versions of {@code chaos/run --backfill} and {@code chaos/run --home}. */
class HistoryRunIT {

  @TempDir private Path folder;

  @Test
  void thePastIsFetchedWithinTheBudgetWhateverIsKilled() throws IOException {
    try (HistoryRun run = new HistoryRun(Path.of("").toAbsolutePath(), folder, 1, 600, false)) {
      HistoryRun.Backfilled result = run.backfill(150, 2);

      assertThat(result.delivered()).isEqualTo(150);
      assertThat(result.files()).isEqualTo(150);
      assertThat(result.refused()).isZero();
    }
  }

  @Test
  void nothingIsMissedAtHome() throws IOException {
    try (HistoryRun run = new HistoryRun(Path.of("").toAbsolutePath(), folder, 2, 3600, true)) {
      assertThat(run.poll(4).violations()).isEmpty();
    }
  }
}
