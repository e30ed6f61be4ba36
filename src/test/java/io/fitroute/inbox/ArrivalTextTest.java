package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ArrivalTextTest {

  @Provide
  Arbitrary<Arrival> arrivals() {
    Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(40);
    Arbitrary<Instant> time =
        Arbitraries.longs().between(0, 253_402_300_799_999L).map(Instant::ofEpochMilli);
    return Combinators.combine(
            text,
            Arbitraries.of(Lane.class),
            Arbitraries.longs(),
            text,
            text,
            Arbitraries.maps(text, text).ofMaxSize(4),
            time,
            time)
        .as(
            (object, lane, subscription, aspect, owner, updates, happened, received) ->
                new Arrival(
                    new NewEvent(
                        "strava",
                        lane,
                        subscription,
                        "activity",
                        object,
                        aspect,
                        owner,
                        happened,
                        new TreeMap<>(updates)),
                    received));
  }

  @Property(tries = 200)
  void whatIsReadIsWhatWasWritten(@ForAll("listsOfArrivals") List<Arrival> arrivals) {
    assertThat(ArrivalText.read(ArrivalText.of(arrivals))).isEqualTo(arrivals);
  }

  @Property(tries = 100)
  void theTextHoldsPlainAsciiOnly(@ForAll("arrivals") Arrival arrival) {
    assertThat(ArrivalText.of(List.of(arrival))).matches("[ -~]*");
  }

  @Provide
  Arbitrary<List<Arrival>> listsOfArrivals() {
    return arrivals().list().ofMaxSize(5);
  }
}
