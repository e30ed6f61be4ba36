package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk without space for a whole file, simulated by a limit of the system. */
class FullDiskTest {

  private static final int BLOCKS = 64;
  private static final int LARGER = 1 << 20;

  @TempDir Path folder;

  private String deliver(Path file, String limit) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                limit + "exec \"$@\"",
                "sh",
                java,
                "-XX:-UsePerfData",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DeliverOnFullDisk.class.getName(),
                file.toString(),
                folder.resolve("base").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("base"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  @Timeout(60)
  void nothingOfAFileIsLeftForWhichThereIsNoSpaceAndItArrivesOnceThereIs() throws Exception {
    RequiredTool.find("sh");
    Path file = Files.write(folder.resolve("7-original.part"), new byte[LARGER]);

    assertThat(deliver(file, "ulimit -f " + BLOCKS + "; ")).contains("refused: ");
    assertThat(files()).isEmpty();

    assertThat(deliver(file, "")).endsWith("delivered");
    assertThat(files()).singleElement().satisfies(one -> assertThat(one).hasSize(LARGER));
  }
}
