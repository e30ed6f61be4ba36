package io.fitroute.sink;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A response of limited size; reading beyond the limit fails. */
final class BoundedAnswer extends FilterInputStream {

  /** The limit in bytes for anything but a file. */
  static final int SHORT = 1 << 20;

  private final long most;
  private long passed;

  /**
   * @param most the limit in bytes
   */
  BoundedAnswer(InputStream answer, long most) {
    super(answer);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    passed += Math.max(0, count);
    if (passed > most) {
      throw new IOException("the server sends more than " + most + " bytes");
    }
    return count;
  }
}
