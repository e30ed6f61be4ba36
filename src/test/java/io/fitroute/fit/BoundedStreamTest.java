package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BoundedStreamTest {
  private static final byte[] BYTES = {1, -1, 3};

  private static InputStream bounded(int maximum) {
    return new BoundedStream(new ByteArrayInputStream(BYTES), maximum, "the file");
  }

  @Test
  void letsAsManyBytesPassAsAreAllowed() throws IOException {
    assertThat(bounded(3)).hasBinaryContent(BYTES);
    InputStream single = bounded(3);
    assertThat(new int[] {single.read(), single.read(), single.read(), single.read()})
        .containsExactly(1, 255, 3, -1);
  }

  @Test
  void refusesOneMore() throws IOException {
    assertThatThrownBy(() -> bounded(2).readAllBytes())
        .isInstanceOf(RefusedBytes.class)
        .hasMessage("the file has more than the 2 bytes allowed");
    InputStream single = bounded(2);
    single.read();
    single.read();
    assertThatThrownBy(single::read).isInstanceOf(RefusedBytes.class);
  }
}
