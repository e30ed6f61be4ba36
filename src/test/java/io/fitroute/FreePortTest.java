package io.fitroute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {

  private static final int MANY = 300;

  @Test
  void noPortIsGivenTwiceEvenIfNobodyListensOnItYet() {
    Set<Integer> ports =
        IntStream.range(0, MANY).mapToObj(one -> FreePort.any()).collect(Collectors.toSet());

    assertThat(ports).hasSize(MANY);
  }
}
