package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of a message and its layout. */
class FitMessageTest {

  private static final MessageLayout LAYOUT =
      MessageLayout.of(20)
          .field(253, BaseType.UINT32)
          .field(78, BaseType.UINT32, 5, 500)
          .field(9, BaseType.SINT16, 100, 0)
          .field(3, BaseType.UINT8Z)
          .text(8, 4)
          .build();

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void aLayoutTellsWhatItHolds() {
    assertThat(LAYOUT.globalNumber()).isEqualTo(20);
    assertThat(LAYOUT.size()).isEqualTo(4 + 4 + 2 + 1 + 4);
    assertThat(LAYOUT.has(253)).isTrue();
    assertThat(LAYOUT.has(8)).isTrue();
    assertThat(LAYOUT.has(0)).isFalse();
    assertThat(LAYOUT.has(-1)).isFalse();
    assertThat(LAYOUT.has(256)).isFalse();
    assertThat(new FitMessage(LAYOUT).layout()).isSameAs(LAYOUT);
  }

  @Test
  void ofAFreshMessageNothingIsKnown() {
    assertThat(new FitMessage(LAYOUT).bytes())
        .isEqualTo(
            bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0, 0));
  }

  @Test
  void valuesStandLittleEndianWithScaleAndOffset() {
    FitMessage message =
        new FitMessage(LAYOUT)
            .setStored(253, 0x01020304)
            .set(78, 519.4)
            .set(9, -1.25)
            .set(3, 255)
            .setText(8, "ab");

    assertThat(message.bytes())
        .isEqualTo(bytes(4, 3, 2, 1, 0xE9, 0x13, 0, 0, 0x83, 0xFF, 0xFF, 'a', 'b', 0, 0));
  }

  @Test
  void aMessageThatIsUsedAgainForgetsWhatItHeld() {
    FitMessage message =
        new FitMessage(LAYOUT).set(253, 7).set(78, 1).set(9, 1).set(3, 1).setText(8, "abc");

    assertThat(message.clear()).isSameAs(message);
    assertThat(message.bytes()).isEqualTo(new FitMessage(LAYOUT).bytes());

    message.setStored(253, 7);
    assertThat(new FitMessage(LAYOUT).bytes()[0]).isEqualTo((byte) 0xFF);
  }

  @ParameterizedTest
  @CsvSource({"327.66, 32766", "327.67, 32767", "-327.68, -32768", "-327.69, 32767", "0.004, 0"})
  void whatDoesNotFitIsNotKnown(double value, short stored) {
    byte[] bytes = new FitMessage(LAYOUT).set(9, value).bytes();

    assertThat((short) (bytes[8] & 0xFF | bytes[9] << 8)).isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "253, 254", "254, 255", "255, 255", "1000, 255"})
  void aTextNeedsAByteMoreThanItHasUpTo255(int length, int size) {
    assertThat(FitMessage.sizeOf("x".repeat(length))).isEqualTo(size);
  }

  @Test
  void aTextNeedsAsManyBytesAsItHasInUtf8WithoutZeros() {
    assertThat(FitMessage.sizeOf("a\0ü")).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"1", "255"})
  void aTextHasRoomFor1To255Bytes(int size) {
    assertThat(MessageLayout.of(1).text(0, size).build().size()).isEqualTo(size);
  }

  @Test
  void whatNoReaderTakesIsRefused() {
    assertThatThrownBy(() -> MessageLayout.of(1).text(0, 0)).hasMessageContaining("of 0 bytes");
    assertThatThrownBy(() -> MessageLayout.of(1).text(-1, 4)).hasMessageContaining("0 to 254");
    assertThatThrownBy(() -> MessageLayout.of(1).field(1, BaseType.STRING))
        .hasMessageContaining("a string is added with text()");
    assertThatThrownBy(() -> MessageLayout.of(-1)).hasMessageContaining("0 to 65534");
    assertThatThrownBy(() -> MessageLayout.of(65_535)).hasMessageContaining("0 to 65534");
    assertThat(MessageLayout.of(65_534).text(254, 4).build().has(254)).isTrue();
    assertThatThrownBy(() -> new FitMessage(LAYOUT).setStored(8, 1))
        .hasMessage("field 8 of message 20 holds text");
    assertThatThrownBy(() -> new FitMessage(LAYOUT).setText(3, "a"))
        .hasMessage("field 3 of message 20 holds a number");
  }
}
