package io.fitroute.fit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads bytes in order, counts them, and computes the checksum since the last reset. */
final class FitInput {
  private final InputStream source;
  private final byte[] buffer = new byte[1 << 16];
  private final Crc16 crc = new Crc16();
  private int next;
  private int end;
  private int checked;
  private long positionOfBuffer;

  FitInput(InputStream source) {
    this.source = source;
  }

  /** The number of bytes read. */
  long position() {
    return positionOfBuffer + next;
  }

  void resetCrc() {
    checked = next;
    crc.reset();
  }

  int crc() {
    updateCrc();
    return crc.value();
  }

  boolean atEnd() throws IOException {
    return next == end && !fill();
  }

  int read() throws IOException {
    if (atEnd()) {
      throw new EOFException();
    }
    return buffer[next++] & 0xFF;
  }

  void readFully(byte[] target, int length) throws IOException {
    if (readUpTo(target, length) < length) {
      throw new EOFException();
    }
  }

  /** Returns the number of bytes read. */
  int readUpTo(byte[] target, int length) throws IOException {
    int done = 0;
    while (done < length && !atEnd()) {
      int count = Math.min(length - done, end - next);
      System.arraycopy(buffer, next, target, done, count);
      next += count;
      done += count;
    }
    return done;
  }

  void skipToEnd() throws IOException {
    do {
      next = end;
    } while (!atEnd());
  }

  private boolean fill() throws IOException {
    updateCrc();
    positionOfBuffer += end;
    next = 0;
    end = 0;
    checked = 0;
    int count = source.read(buffer);
    if (count <= 0) {
      return false;
    }
    end = count;
    return true;
  }

  private void updateCrc() {
    crc.update(buffer, checked, next - checked);
    checked = next;
  }
}
