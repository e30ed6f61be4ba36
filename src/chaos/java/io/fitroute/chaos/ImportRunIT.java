package io.fitroute.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short version of {@code chaos/run --import}. */
class ImportRunIT {

  @TempDir private Path folder;

  @Test
  void everyFileIsThereOnceWhateverIsKilled() throws Exception {
    long seed = ThreadLocalRandom.current().nextLong();

    ImportRun.Result result = new ImportRun(Path.of("").toAbsolutePath(), folder, 300, seed).run(3);

    System.out.println(result);
    assertThat(result.violations())
        .as("seed %d: %s", seed, Files.readString(folder.resolve("tree.log")))
        .isEmpty();
    assertThat(result.kills()).as("seed %d", seed).isPositive();
  }
}
