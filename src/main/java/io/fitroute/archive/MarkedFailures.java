package io.fitroute.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Tells failures to read a source from failures to write what was read. */
final class MarkedFailures extends FilterInputStream {

  MarkedFailures(SourceFile.Content content) throws Unreadable {
    super(opened(content));
  }

  /** The source cannot be read, or not be unpacked. */
  static final class Unreadable extends IOException {

    Unreadable(IOException cause) {
      super(
          Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName()), cause);
    }
  }

  private static InputStream opened(SourceFile.Content content) throws Unreadable {
    try {
      return content.open();
    } catch (IOException e) {
      throw new Unreadable(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return super.read(target, offset, length);
    } catch (IOException e) {
      throw new Unreadable(e);
    }
  }
}
