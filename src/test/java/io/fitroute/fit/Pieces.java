package io.fitroute.fit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Returns a limited number of bytes per read, like a network. */
final class Pieces extends FilterInputStream {
  private final int size;

  Pieces(InputStream source, int size) {
    super(source);
    this.size = size;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return super.read(target, offset, Math.min(size, length));
  }
}
