package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.Route;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At the start of the service, many due events call a sink concurrently for the first time. */
class FirstCallsTest {

  private static final int CALLERS = 16;

  @TempDir Path folder;

  @Test
  void makeItsRouteOnce() throws Exception {
    List<String> made = new CopyOnWriteArrayList<>();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (Storage storage = new WebDavStorage(Files.createDirectories(folder.resolve("dav")));
        Kamelets kamelets = new Kamelets(folder, storage.settings())) {
      kamelets
          .context()
          .addLifecycleStrategy(
              new LifecycleStrategySupport() {
                @Override
                public void onRoutesAdd(Collection<Route> routes) {
                  routes.forEach(route -> made.add(route.getRouteId()));
                }
              });
      Callable<Object> call =
          () -> kamelets.send("webdav", "stat", "", Map.of("file", "1.fit")).getHeader("size");

      for (Future<Object> answer : callers.invokeAll(Collections.nCopies(CALLERS, call))) {
        assertThat(answer.get()).isEqualTo(-1L);
      }

      assertThat(made).containsExactly("sink-webdav");
    } finally {
      callers.shutdownNow();
    }
  }
}
