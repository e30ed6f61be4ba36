package io.fitroute.fit;

import com.garmin.fit.BufferEncoder;
import com.garmin.fit.DateTime;
import com.garmin.fit.DeveloperDataIdMesg;
import com.garmin.fit.DeveloperField;
import com.garmin.fit.FieldDescriptionMesg;
import com.garmin.fit.File;
import com.garmin.fit.FileIdMesg;
import com.garmin.fit.Fit;
import com.garmin.fit.FitBaseType;
import com.garmin.fit.RecordMesg;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** FIT files for tests, of all kinds that devices create. */
public final class FitSamples {
  /** The start of all samples. */
  public static final Instant START = Instant.parse("2025-06-01T06:30:00Z");

  /** Metres between two points of {@link #run}. */
  public static final double STEP = 2.5;

  private static final int FIT_START = (int) FitUnits.timestamp(START);

  private FitSamples() {}

  /** All kinds of valid files by name. */
  public static Map<String, byte[]> valid() {
    Map<String, byte[]> samples = new LinkedHashMap<>();
    samples.put("a run", run(20));
    samples.put("chained files", chained(run(5), run(7), bigEndian().build()));
    samples.put("a header of 12 bytes", records(3).headerSize(12).build());
    samples.put("a header CRC of 0", records(3).headerCrc(RawFitFile.HeaderCrc.ZERO).build());
    samples.put("compressed timestamps", compressedTimestamps().build());
    samples.put("developer fields", developerFields());
    samples.put("big endian", bigEndian().build());
    samples.put("fields of no profile", unknownFields().build());
    return samples;
  }

  /**
   * A run with a point per second, written by our writer, with everything an activity file should
   * have.
   */
  public static byte[] run(int points) {
    return activity(START, new Sport(1, 0), points);
  }

  /** Writes what {@link #run} gives to a file. */
  public static void writeRun(Path file, int points) throws IOException {
    write(file, START, new Sport(1, 0), points);
  }

  /** As {@link #run(int)}, of another sport and from another time on. */
  public static byte[] activity(Instant start, Sport sport, int points) {
    try {
      Path file = Files.createTempFile("activity", ".fit");
      try {
        write(file, start, sport, points);
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, Instant start, Sport running, int points)
      throws IOException {
    FileId fileId =
        new FileId(FileId.DEVELOPMENT, 1, OptionalLong.of(4711), start, Optional.of("sample"));
    double seconds = points - 1.0;
    Instant end = start.plusSeconds(points - 1);
    try (ActivityFileWriter writer =
        ActivityFileWriter.create(file, fileId, EnumSet.allOf(TrackField.class))) {
      writer.creator(1.02);
      writer.device(
          new Device(
              start,
              Device.CREATOR,
              FileId.DEVELOPMENT,
              1,
              OptionalLong.of(4711),
              OptionalDouble.of(1.02),
              Optional.of("sample")));
      writer.timer(start, TimerEvent.START);
      for (int i = 0; i < points; i++) {
        writer.point(
            new TrackPoint(
                start.plusSeconds(i),
                48.1 + i * 1e-5,
                11.5,
                520 + i % 40,
                i * STEP,
                STEP,
                120 + i % 50,
                85.5,
                240,
                1.25,
                18));
      }
      writer.timer(end, TimerEvent.STOP_ALL);
      Map<SummaryField, Double> summary =
          Map.of(
              SummaryField.DISTANCE,
              seconds * STEP,
              SummaryField.AVERAGE_SPEED,
              STEP,
              SummaryField.MAXIMUM_SPEED,
              STEP,
              SummaryField.AVERAGE_HEART_RATE,
              140.0,
              SummaryField.MAXIMUM_HEART_RATE,
              169.0,
              SummaryField.CALORIES,
              80.0);
      writer.lap(new Lap(start, seconds, seconds, LapTrigger.SESSION_END, running, summary));
      writer.session(
          new Session(start, seconds, seconds, running, Optional.of("Morning Run"), summary));
      writer.finish(new Activity(end, seconds, Optional.of(ZoneOffset.ofHours(2))));
    }
  }

  /** Concatenates files. */
  public static byte[] chained(byte[]... files) {
    ByteArrayOutputStream chained = new ByteArrayOutputStream();
    for (byte[] file : files) {
      chained.writeBytes(file);
    }
    return chained.toByteArray();
  }

  /** A file_id and records with timestamp and distance, every 10 m and 1 s, without a summary. */
  public static RawFitFile records(int count) {
    RawFitFile file = fileId(ByteOrder.LITTLE_ENDIAN);
    file.definition(1, ByteOrder.LITTLE_ENDIAN, 20, 253, 4, 0x86, 5, 4, 0x86);
    for (int i = 0; i < count; i++) {
      file.data(1, message(8).putInt(FIT_START + i).putInt(1000 * i));
    }
    return file;
  }

  /**
   * Records 1, 5, 31, 32 and 40 seconds after the first, with only the low bits of their
   * timestamps.
   */
  public static RawFitFile compressedTimestamps() {
    RawFitFile file = records(1).definition(2, ByteOrder.LITTLE_ENDIAN, 20, 3, 1, 0x02);
    for (int seconds : new int[] {1, 5, 31, 32, 40}) {
      file.compressed(2, FIT_START + seconds & 0x1F, message(1).put((byte) 140));
    }
    return file;
  }

  /** A file_id, a session of a ride over 1,234.56 m in 100.5 s, and a record, all in big endian. */
  public static RawFitFile bigEndian() {
    ByteOrder order = ByteOrder.BIG_ENDIAN;
    return fileId(order)
        .definition(
            3, order, 18, 253, 4, 0x86, 2, 4, 0x86, 5, 1, 0, 6, 1, 0, 7, 4, 0x86, 8, 4, 0x86, 9, 4,
            0x86)
        .data(
            3,
            ByteBuffer.allocate(22)
                .putInt(FIT_START + 100)
                .putInt(FIT_START)
                .put((byte) 2)
                .put((byte) 8)
                .putInt(100_500)
                .putInt(90_250)
                .putInt(123_456))
        .definition(4, order, 20, 253, 4, 0x86)
        .data(4, ByteBuffer.allocate(4).putInt(FIT_START));
  }

  /** A record with a developer field, by Garmin's encoder. */
  public static byte[] developerFields() {
    BufferEncoder encoder = new BufferEncoder(Fit.ProtocolVersion.V2_0);
    FileIdMesg fileId = new FileIdMesg();
    fileId.setType(File.ACTIVITY);
    fileId.setManufacturer(FileId.DEVELOPMENT);
    fileId.setTimeCreated(new DateTime(FIT_START));
    encoder.write(fileId);
    DeveloperDataIdMesg developer = new DeveloperDataIdMesg();
    developer.setDeveloperDataIndex((short) 0);
    developer.setApplicationVersion(7L);
    encoder.write(developer);
    FieldDescriptionMesg description = new FieldDescriptionMesg();
    description.setDeveloperDataIndex((short) 0);
    description.setFieldDefinitionNumber((short) 0);
    description.setFitBaseTypeId(FitBaseType.UINT16);
    description.setFieldName(0, "Breaths");
    encoder.write(description);
    RecordMesg record = new RecordMesg();
    record.setTimestamp(new DateTime(FIT_START));
    DeveloperField breaths = new DeveloperField(description, developer);
    breaths.setValue(31);
    record.addDeveloperField(breaths);
    encoder.write(record);
    return encoder.close();
  }

  /**
   * Messages and fields outside any profile, and fields of size zero, of unknown type and of odd
   * size.
   */
  public static RawFitFile unknownFields() {
    return records(2)
        .definition(5, ByteOrder.LITTLE_ENDIAN, 0xFF07, 1, 0, 0x02, 2, 3, 0x84, 3, 2, 0x1F)
        .data(5, message(5).put(new byte[] {1, 2, 3, 4, 5}));
  }

  /** An empty little-endian message of a size. */
  public static ByteBuffer message(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static RawFitFile fileId(ByteOrder order) {
    return new RawFitFile()
        .definition(0, order, 0, 0, 1, 0, 1, 2, 0x84, 2, 2, 0x84, 4, 4, 0x86, 8, 8, 0x07)
        .data(
            0,
            ByteBuffer.allocate(17)
                .order(order)
                .put((byte) 4)
                .putShort((short) 255)
                .putShort((short) 7)
                .putInt(FIT_START)
                .put(new byte[] {'w', 'a', 't', 'c', 'h', 0, 'x', 'x'}));
  }
}
