package io.fitroute.fit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Writes a FIT file message by message: header, definitions where needed, data, checksums. Little
 * endian, protocol version 1.0, with a header of 14 bytes. Memory use does not grow with the file.
 *
 * <pre>{@code
 * try (FitWriter writer = FitWriter.create(file)) {
 *   writer.write(fileId);
 *   writer.write(record.clear().setStored(253, timestamp).set(78, altitude));
 *   writer.finish();
 * }
 * }</pre>
 *
 * A file is valid only after {@link #finish()}. If it is closed without, as after an exception, its
 * header states a size of 0 and every reader refuses it.
 *
 * <p>Not thread-safe.
 */
public final class FitWriter implements Closeable {
  private static final int HEADER_SIZE = 14;
  private static final int PROTOCOL_VERSION = 0x10;
  private static final int PROFILE_VERSION = 21_212;
  private static final long MAXIMUM_DATA_SIZE = 0xFFFF_FFFFL;
  private static final int DEFINITION = 0x40;
  private static final int LOCAL_TYPES = 16;
  private static final int BUFFER_SIZE = 1 << 16;

  private final SeekableByteChannel channel;
  private final long start;
  private final Crc16 crc = new Crc16();
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private int buffered;
  private long dataSize;
  private final byte[][] localTypes = new byte[LOCAL_TYPES][];
  private int nextLocalType;
  private boolean finished;

  /**
   * Writes from the channel's current position, so that a file can be appended to another one
   * ("chained"). The channel is closed with this writer.
   *
   * @throws IOException if writing fails
   */
  public FitWriter(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    this.start = channel.position();
    writeFully(header(0));
  }

  /**
   * Writes to a file, replacing an existing one.
   *
   * @throws IOException if writing fails
   */
  public static FitWriter create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      return new FitWriter(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Appends a message, preceded by its definition unless its layout is one of the last sixteen
   * defined.
   *
   * @throws IOException if writing fails or the file would exceed FIT's limit of 4 GB
   * @throws IllegalStateException after {@link #finish()}
   */
  public void write(FitMessage message) throws IOException {
    requireUnfinished();
    int localType = localTypeOf(message.layout());
    byte[] bytes = message.bytes();
    reserve(1 + bytes.length);
    buffer[buffered++] = (byte) localType;
    append(bytes);
  }

  /**
   * Completes the file: writes the checksum at the end and the data size in the header. Leaves the
   * channel positioned after the file. Does not force anything to disk.
   *
   * @throws IOException if writing fails
   * @throws IllegalStateException if it was called before
   */
  public void finish() throws IOException {
    requireUnfinished();
    finished = true;
    flush();
    // The header ends with its own checksum, so it contributes 0 and the data's checksum is the
    // file's.
    writeFully(new byte[] {(byte) crc.value(), (byte) (crc.value() >>> 8)});
    long end = channel.position();
    channel.position(start);
    writeFully(header(dataSize));
    channel.position(end);
  }

  /** Closes the channel; its content is not valid FIT unless {@link #finish()} was called. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  private int localTypeOf(MessageLayout layout) throws IOException {
    byte[] definition = layout.definition();
    for (int i = 0; i < LOCAL_TYPES; i++) {
      if (Arrays.equals(localTypes[i], definition)) {
        return i;
      }
    }
    int localType = nextLocalType;
    nextLocalType = (nextLocalType + 1) % LOCAL_TYPES;
    localTypes[localType] = definition;
    reserve(1 + definition.length);
    buffer[buffered++] = (byte) (DEFINITION | localType);
    append(definition);
    return localType;
  }

  private void append(byte[] bytes) {
    System.arraycopy(bytes, 0, buffer, buffered, bytes.length);
    buffered += bytes.length;
  }

  /**
   * Makes room for a message, which always fits the buffer: 255 fields of 255 bytes are 65,025
   * bytes.
   */
  private void reserve(int length) throws IOException {
    if (dataSize + buffered + length > MAXIMUM_DATA_SIZE) {
      throw new IOException(
          "a FIT file cannot hold more than %d bytes of data".formatted(MAXIMUM_DATA_SIZE));
    }
    if (buffered + length > BUFFER_SIZE) {
      flush();
    }
  }

  private void flush() throws IOException {
    crc.update(buffer, 0, buffered);
    writeFully(ByteBuffer.wrap(buffer, 0, buffered));
    dataSize += buffered;
    buffered = 0;
  }

  private void requireUnfinished() {
    if (finished) {
      throw new IllegalStateException("the FIT file is finished");
    }
  }

  private void writeFully(byte[] bytes) throws IOException {
    writeFully(ByteBuffer.wrap(bytes));
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static byte[] header(long dataSize) {
    byte[] header = new byte[HEADER_SIZE];
    header[0] = HEADER_SIZE;
    header[1] = PROTOCOL_VERSION;
    header[2] = (byte) PROFILE_VERSION;
    header[3] = (byte) (PROFILE_VERSION >>> 8);
    for (int i = 0; i < 4; i++) {
      header[4 + i] = (byte) (dataSize >>> 8 * i);
    }
    System.arraycopy(".FIT".getBytes(StandardCharsets.US_ASCII), 0, header, 8, 4);
    Crc16 crc = new Crc16();
    crc.update(header, 0, HEADER_SIZE - 2);
    header[12] = (byte) crc.value();
    header[13] = (byte) (crc.value() >>> 8);
    return header;
  }
}
