package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.garmin.fit.Decode;
import com.garmin.fit.Mesg;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitWriterTest {
  private static final int TIMESTAMP = 253;
  private static final int NAME = 0;

  @TempDir Path folder;

  @Test
  void writesTheseBytes() throws Exception {
    Path file = folder.resolve("file.fit");
    MessageLayout layout =
        MessageLayout.of(20).field(TIMESTAMP, BaseType.UINT32).field(3, BaseType.UINT8).build();
    try (FitWriter writer = FitWriter.create(file)) {
      writer.write(new FitMessage(layout).setStored(TIMESTAMP, 0x01020304).set(3, 140));
      writer.finish();
    }
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes)
        .startsWith(0x0E, 0x10, 0xDC, 0x52, 18, 0, 0, 0, '.', 'F', 'I', 'T')
        .hasSize(14 + 18 + 2);
    assertThat(Arrays.copyOfRange(bytes, 14, 32))
        .containsExactly(0x40, 0, 0, 20, 0, 2, 253, 4, 0x86, 3, 1, 0x02, 0, 4, 3, 2, 1, 140);
    assertThat(crcAt(bytes, 12)).isEqualTo(RawFitFile.crc(bytes, 12));
    assertThat(crcAt(bytes, 32)).isEqualTo(RawFitFile.crc(bytes, 32));
  }

  @Test
  void definesALayoutOnceWhileItIsAmongTheLastSixteen() throws Exception {
    Path file = folder.resolve("file.fit");
    try (FitWriter writer = FitWriter.create(file)) {
      List<FitMessage> messages = layouts(16);
      for (int round = 0; round < 3; round++) {
        for (FitMessage message : messages) {
          writer.write(message);
        }
      }
      writer.finish();
    }
    assertThat(Files.size(file)).isEqualTo(14 + 16 * (1 + 5 + 3) + 48 * (1 + 1) + 2);
  }

  @Test
  void redefinesLocalTypesWhenThereAreMoreLayoutsThanTypes() throws Exception {
    Path file = folder.resolve("file.fit");
    List<FitMessage> messages = layouts(40);
    try (FitWriter writer = FitWriter.create(file)) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < messages.size(); i++) {
          writer.write(messages.get(i).set(1, i));
        }
      }
      writer.finish();
    }
    List<Mesg> decoded = decode(Files.readAllBytes(file));
    assertThat(decoded).hasSize(80);
    for (int i = 0; i < decoded.size(); i++) {
      assertThat(decoded.get(i).getFieldIntegerValue(1)).isEqualTo(i % 40);
    }
  }

  @Test
  void appendsToAChain() throws Exception {
    Path file = folder.resolve("chain.fit");
    Files.write(file, FitSamples.run(3));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.position(channel.size());
      FitWriter second = new FitWriter(channel);
      second.write(layouts(1).get(0));
      second.finish();
      FitWriter third = new FitWriter(channel);
      third.write(layouts(1).get(0));
      third.finish();
    }
    assertThat(new FitCheck().check(file).segments()).isEqualTo(3);
    assertThat(GarminDecoder.isIntact(Files.readAllBytes(file))).isTrue();
  }

  @Test
  void isNotValidWithoutItsEnd() throws Exception {
    Path file = folder.resolve("unfinished.fit");
    try (FitWriter writer = FitWriter.create(file)) {
      FitMessage message = layouts(1).get(0);
      for (int i = 0; i < 100_000; i++) {
        writer.write(message);
      }
    }
    assertThat(Files.size(file)).isGreaterThan(100_000);
    assertThatThrownBy(() -> new FitCheck().check(file)).isInstanceOf(InvalidFitFile.class);
  }

  @Test
  void refusesToGoOnAfterItsEnd() throws Exception {
    try (FitWriter writer = FitWriter.create(folder.resolve("file.fit"))) {
      writer.write(layouts(1).get(0));
      writer.finish();
      assertThatThrownBy(() -> writer.write(layouts(1).get(0)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void writesTheLargestMessagePossible() throws Exception {
    Path file = folder.resolve("large.fit");
    MessageLayout.Builder layout = MessageLayout.of(0xFF00);
    for (int field = 0; field < 255; field++) {
      layout.text(field, 255);
    }
    FitMessage message = new FitMessage(layout.build()).setText(254, "x".repeat(300));
    try (FitWriter writer = FitWriter.create(file)) {
      writer.write(message);
      writer.write(message);
      writer.finish();
    }
    List<Mesg> decoded = decode(Files.readAllBytes(file));
    assertThat(decoded).hasSize(2);
    assertThat(decoded.get(1).getFieldStringValue(254)).isEqualTo("x".repeat(254));
  }

  @Property(tries = 300)
  void numbersAreWrittenAsTheyAreOrAsUnknown(
      @ForAll("numericTypes") BaseType type, @ForAll long value) throws Exception {
    Path file = Files.createTempFile("number", ".fit");
    try {
      for (long candidate :
          new long[] {value, value % 300, type.minimum(), type.minimum() - 1, type.maximum() + 1}) {
        try (FitWriter writer = FitWriter.create(file)) {
          MessageLayout layout = MessageLayout.of(0xFF00).field(1, type).build();
          writer.write(new FitMessage(layout).setStored(1, candidate));
          writer.finish();
        }
        Long expected =
            candidate >= type.minimum() && candidate <= type.maximum() ? (Long) candidate : null;
        List<Mesg> decoded = decode(Files.readAllBytes(file));
        Long found = decoded.get(0).getFieldLongValue(1);
        assertThat(found).as("%d as %s", candidate, type).isEqualTo(expected);
      }
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 300)
  void textsAreCutBetweenCharacters(@ForAll("texts") String text) throws Exception {
    Path file = Files.createTempFile("text", ".fit");
    try {
      for (int size : new int[] {1, 2, 5, 16, 255}) {
        try (FitWriter writer = FitWriter.create(file)) {
          MessageLayout layout =
              MessageLayout.of(0xFF00).text(NAME, size).field(1, BaseType.UINT8).build();
          writer.write(new FitMessage(layout).setText(NAME, text).set(1, 1));
          writer.finish();
        }
        byte[] bytes = Files.readAllBytes(file);
        byte[] field = Arrays.copyOfRange(bytes, bytes.length - 3 - size, bytes.length - 3);
        String found = new String(field, StandardCharsets.UTF_8).replaceAll("\0+$", "");
        assertThat(field[size - 1]).isZero();
        assertThat(text).startsWith(found);
        int missing = text.length() == found.length() ? 0 : text.codePointAt(found.length());
        int roomLeft = size - 1 - found.getBytes(StandardCharsets.UTF_8).length;
        assertThat(
                missing == 0
                    || Character.toString(missing).getBytes(StandardCharsets.UTF_8).length
                        > roomLeft)
            .as("%d bytes left in %d", roomLeft, size)
            .isTrue();
      }
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aZeroCharacterDoesNotEndAText() throws Exception {
    MessageLayout layout = MessageLayout.of(0xFF00).text(NAME, 8).build();
    FitMessage message = new FitMessage(layout).setText(NAME, "a\0b");
    assertThat(message.bytes()).containsExactly('a', 'b', 0, 0, 0, 0, 0, 0);
    assertThat(message.setText(NAME, "c").bytes()).containsExactly('c', 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void refusesWhatNoLayoutCanBe() {
    assertThatThrownBy(() -> MessageLayout.of(0x1_0000)).hasMessageContaining("65536");
    assertThatThrownBy(() -> MessageLayout.of(20).build()).hasMessageContaining("no field");
    assertThatThrownBy(() -> MessageLayout.of(20).field(255, BaseType.UINT8))
        .hasMessageContaining("255");
    assertThatThrownBy(() -> MessageLayout.of(20).text(1, 256)).hasMessageContaining("256");
    assertThatThrownBy(() -> MessageLayout.of(20).field(1, BaseType.UINT8).field(1, BaseType.UINT8))
        .hasMessageContaining("there already");
    FitMessage message =
        new FitMessage(MessageLayout.of(20).field(3, BaseType.UINT8).text(8, 4).build());
    assertThatThrownBy(() -> message.set(4, 1))
        .hasMessageContaining("no field 4")
        .hasMessageContaining("[3, 8]");
    assertThatThrownBy(() -> message.set(8, 1)).hasMessageContaining("holds text");
    assertThatThrownBy(() -> message.setText(3, "x")).hasMessageContaining("holds a number");
  }

  @Provide
  Arbitrary<BaseType> numericTypes() {
    return Arbitraries.of(BaseType.values()).filter(type -> type != BaseType.STRING);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars('a', 'ä', '€')
        .ofMaxLength(200)
        .map(text -> text.replace("aä", "🏃"));
  }

  private static List<FitMessage> layouts(int count) {
    List<FitMessage> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(
          new FitMessage(MessageLayout.of(0xFF00 + i).field(1, BaseType.UINT8).build()).set(1, 7));
    }
    return messages;
  }

  private static List<Mesg> decode(byte[] bytes) throws IOException {
    assertThat(new Decode().checkFileIntegrity(new ByteArrayInputStream(bytes))).isTrue();
    List<Mesg> messages = new ArrayList<>();
    new Decode().read(new ByteArrayInputStream(bytes), messages::add);
    return messages;
  }

  private static int crcAt(byte[] bytes, int offset) {
    return bytes[offset] & 0xFF | (bytes[offset + 1] & 0xFF) << 8;
  }
}
