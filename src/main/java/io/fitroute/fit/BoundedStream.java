package io.fitroute.fit;

import java.io.IOException;
import java.io.InputStream;

/** Limits the number of bytes read from a source, which it does not close. */
final class BoundedStream extends InputStream {
  private final InputStream source;
  private final long maximum;
  private final String what;
  private long passed;

  /**
   * @param what the content, for the error message
   */
  BoundedStream(InputStream source, long maximum, String what) {
    this.source = source;
    this.maximum = maximum;
    this.what = what;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = source.read(target, offset, length);
    if (count > 0) {
      passed += count;
    }
    if (passed > maximum) {
      throw new RefusedBytes(
          UnacceptableFile.Kind.TOO_LARGE,
          "%s has more than the %d bytes allowed".formatted(what, maximum));
    }
    return count;
  }
}
