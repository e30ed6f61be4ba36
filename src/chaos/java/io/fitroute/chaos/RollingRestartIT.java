package io.fitroute.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.chaos.LedgerView.EventRow;
import io.fitroute.ledger.Database;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.RecordedRequest;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookDelivery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that share one ledger are told to end and started again, one after the other. */
final class RollingRestartIT {

  private static final int SERVICES = 2;
  private static final int AT_A_TIME = 10;
  private static final int PLENTY = 1_000_000;

  private static final long FIRST_ACTIVITY = 17_000_000_001L;

  @TempDir private Path folder;
  private int uploaded;

  @Test
  void eventsThatComeInMeanwhileBecomeFilesAndNoneIsFetchedTwice() throws IOException {
    Scale scale = new Scale(1, SERVICES, PLENTY, Database.POSTGRESQL);
    try (World world = new World(Path.of("").toAbsolutePath(), folder, scale, OnDelete.KEEP)) {
      world.strava().arm("/**", new Fault.Delay(Duration.ofMillis(50)));
      world.begin();
      for (int service = 0; service < SERVICES; service++) {
        upload(world);
        world.restart(service);
        upload(world);
      }
      Run.drain(world);
      world.stop();

      List<WebhookDelivery> deliveries = world.strava().deliveries();
      List<EventRow> events = world.ledger().events();
      Acknowledged acknowledged = Acknowledged.in(deliveries);
      FilesInspection files =
          new FilesInspection(world, acknowledged, events, world.ledger().deliveries());
      assertThat(world.troubles()).isEmpty();
      assertThat(world.watch().lost()).isEmpty();
      assertThat(new EventsInspection(acknowledged, events).findings()).isEmpty();
      assertThat(files.findings()).isEmpty();
      assertThat(files.count()).isEqualTo(uploaded);
      assertThat(world.strava().requests())
          .filteredOn(request -> request.path().endsWith("/export_original"))
          .hasSize(uploaded)
          .extracting(RecordedRequest::path)
          .doesNotHaveDuplicates();
    }
  }

  private void upload(World world) {
    for (int number = 0; number < AT_A_TIME; number++) {
      SimulatedActivity run =
          SimulatedActivity.run(Plan.ATHLETES.get(number % Plan.ATHLETES.size()))
              .id(FIRST_ACTIVITY + uploaded)
              .start(Plan.startOf(FIRST_ACTIVITY + uploaded++))
              .movingTime(Duration.ofMinutes(2))
              .build();
      new Step.Upload(run, false).in(world);
    }
    new Step.Post().in(world);
  }
}
