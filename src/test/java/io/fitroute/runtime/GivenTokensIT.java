package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.delivery.Delivery;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first event after a start with configured tokens. */
class GivenTokensIT {

  @TempDir Path folder;

  @Test
  void theFirstEventWaitsAsLongAsItTakesToLearnWhoseTheTokensAre() {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      bed.strava()
          .arm(
              FaultRule.on("/api/v3/athlete", new Fault.Delay(Duration.ofMillis(1500)))
                  .onlyTimes(1));
      bed.start().subscribe();
      Instant uploaded = Instant.now();
      bed.strava().upload(SimulatedActivity.run(TestBed.ATHLETE).id(11).build());

      await().until(() -> !bed.service().deliveries().of("11").isEmpty());
      Delivery delivery = bed.service().deliveries().of("11").get(0);
      assertThat(Duration.between(uploaded, delivery.deliveredAt()))
          .isLessThan(Duration.ofMillis(4500));
    }
  }
}
