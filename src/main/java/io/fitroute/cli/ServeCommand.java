package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.runtime.RunMode;
import io.fitroute.runtime.Service;
import io.fitroute.settings.Settings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fitroute serve}: runs the service until it is stopped. */
@Command(
    name = "serve",
    description = "Start the service; ready when GET /health answers 200. Press Ctrl-C to stop.",
    footer = {
      "  ./fitroute serve",
      "  WEBHOOK_PORT=8080 ./fitroute",
      "  ./fitroute serve --dev          (edit routes/ while it runs)"
    })
final class ServeCommand implements Callable<Integer> {

  private final Environment environment;

  @Option(
      names = "--dev",
      description =
          "Reload changed routes and kamelets without a restart. A mistake is reported"
              + " with file and line, and the previous version keeps running.")
  private boolean dev;

  ServeCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = environment.settings();
    Service service = Service.start(settings, environment.home(), RunMode.SERVE);
    endGracefully(service);
    if (dev) {
      service.followFiles();
    }
    Banner.of(settings, service).print(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    new CountDownLatch(1).await();
    return ExitCode.DONE;
  }

  /**
   * Makes the process exit with 0 after SIGTERM when the service stopped as requested; Java itself
   * would exit with 143.
   */
  static void endGracefully(AutoCloseable service) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  int exitCode = ExitCode.DONE;
                  try {
                    service.close();
                  } catch (Exception e) {
                    exitCode = ExitCode.FAILED;
                  }
                  Runtime.getRuntime().halt(exitCode);
                },
                "shutdown"));
  }
}
