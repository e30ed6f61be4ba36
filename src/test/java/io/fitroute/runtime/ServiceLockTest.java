package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Only a process that starts while no other is running may clean up. */
class ServiceLockTest {

  @TempDir Path folder;

  private final List<Process> holders = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process holder : holders) {
      holder.destroyForcibly().waitFor();
    }
  }

  private String start() throws IOException {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    holders.add(holder);
    BufferedReader said = holder.inputReader();
    return said.readLine();
  }

  private void kill(int holder) throws InterruptedException {
    holders.get(holder).destroyForcibly().waitFor();
  }

  @Test
  @Timeout(60)
  void whoComesBackWhileAnotherWorksIsNotAlone() throws Exception {
    assertThat(ServiceLock.isHeld(folder)).isFalse();
    assertThat(start()).isEqualTo("alone");
    assertThat(start()).isEqualTo("with others");
    kill(0);
    assertThat(ServiceLock.isHeld(folder)).isTrue();

    assertThat(start()).as("the second one still works").isEqualTo("with others");

    kill(1);
    kill(2);
    assertThat(ServiceLock.isHeld(folder)).isFalse();
    assertThat(start()).isEqualTo("alone");
  }
}
