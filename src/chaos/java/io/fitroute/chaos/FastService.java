package io.fitroute.chaos;

import io.fitroute.runtime.RunMode;
import io.fitroute.runtime.Service;
import io.fitroute.settings.Settings;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** {@code fitroute serve} with a {@link FastClock}; runs until it is killed. */
final class FastService {

  private FastService() {}

  /**
   * @param arguments the clock's origin and its speed
   */
  public static void main(String[] arguments) throws InterruptedException {
    Path home = Path.of(System.getProperty("fitroute.home"));
    FastClock clock = new FastClock(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]));
    Settings settings = Settings.load(System.getenv(), Path.of("").toAbsolutePath(), home);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                Service.start(settings, home, RunMode.SERVE, SystemServices.with(clock))::close));
    new CountDownLatch(1).await();
  }
}
