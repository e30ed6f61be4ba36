package io.fitroute.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

  @TempDir Path folder;

  private Path file(String name, Duration age) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "half");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    return file;
  }

  @Test
  void temporaryFilesThatAreOldAreRemovedAndNothingElse() throws Exception {
    Path beside = file("downloads/2026/11/.fitroute-7-original.part", Duration.ofDays(2));
    Path export = file("exports/7-streams.part", Duration.ofDays(2));
    Path inWork = file("downloads/2026/11/.fitroute-8-original.part", Duration.ofHours(2));
    Path delivered = file("downloads/2026/11/7.fit", Duration.ofDays(400));
    Path foreign = file("downloads/2026/11/notes.part", Duration.ofDays(400));

    int removed =
        new Leftovers(
                List.of(
                    folder.resolve("downloads"),
                    folder.resolve("exports"),
                    folder.resolve("missing")),
                Clock.systemUTC())
            .remove();

    assertThat(removed).isEqualTo(2);
    assertThat(beside).doesNotExist();
    assertThat(export).doesNotExist();
    assertThat(inWork).exists();
    assertThat(delivered).exists();
    assertThat(foreign).exists();
  }
}
