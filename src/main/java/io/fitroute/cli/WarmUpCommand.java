package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.runtime.RunMode;
import io.fitroute.runtime.Service;
import io.fitroute.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;

/**
 * Loads the classes of a start and ends: the launcher makes Java archive them for faster starts.
 * Reads neither the environment nor {@code .env}, and leaves nothing behind.
 */
@Command(
    name = "warm-up",
    hidden = true,
    description = "Prepare faster starts; the launcher calls this automatically.",
    footer = "  ./fitroute warm-up")
final class WarmUpCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Environment environment;

  WarmUpCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    Thread watchdog = endAtTheLatestAfter(LONGEST);
    Path folder = Files.createTempDirectory("fitroute-warm-up");
    try {
      Settings settings =
          Settings.load(Map.of(), folder, environment.home())
              .with(Map.of("webhook.host", "127.0.0.1", "webhook.port", "0", "admin.port", "0"));
      try (Service service = Service.start(settings, environment.home(), RunMode.SERVE)) {
        ask("http://127.0.0.1:" + service.webhookPort() + "/health");
      }
      // the second start finds a current ledger, as most starts do
      Service.start(settings, environment.home(), RunMode.SERVE).close();
      return ExitCode.DONE;
    } finally {
      FileSystemUtils.deleteRecursively(folder);
      watchdog.interrupt();
    }
  }

  private static void ask(String address) throws IOException {
    try (InputStream answer = URI.create(address).toURL().openStream()) {
      answer.readAllBytes();
    }
  }

  /** The user waits for this run, and a start without archived classes is better than none. */
  private static Thread endAtTheLatestAfter(Duration time) {
    Thread watchdog =
        new Thread(
            () -> {
              try {
                Thread.sleep(time.toMillis());
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
              }
              Runtime.getRuntime().halt(ExitCode.FAILED);
            },
            "warm-up-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    return watchdog;
  }
}
