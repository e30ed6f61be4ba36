package io.fitroute.fit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** Unpacks gzip while a stream is read, and limits the bytes of every layer. */
final class Unpacking implements Closeable {
  private static final int LAYERS = 2;

  private final Deque<GunzipStream> layers = new ArrayDeque<>();
  private final InputStream bytes;

  /**
   * @param maximumSize the maximum number of bytes of each layer, packed and unpacked
   */
  Unpacking(InputStream source, long maximumSize) throws IOException {
    PushbackInputStream layer = layer(source, maximumSize, "the file");
    while (isGzip(layer)) {
      if (layers.size() == LAYERS) {
        throw new RefusedBytes(
            UnacceptableFile.Kind.UNKNOWN,
            "the file is compressed with gzip more than %d times".formatted(LAYERS));
      }
      GunzipStream unpacked = new GunzipStream(layer);
      layers.push(unpacked);
      layer = layer(unpacked, maximumSize, "the unpacked file");
    }
    bytes = layer;
  }

  /** The unpacked content. */
  InputStream bytes() {
    return bytes;
  }

  /** Frees the memory of the inflaters; does not close the source. */
  @Override
  public void close() {
    layers.forEach(GunzipStream::close);
  }

  private static PushbackInputStream layer(InputStream source, long maximumSize, String what) {
    return new PushbackInputStream(new BoundedStream(source, maximumSize, what), 2);
  }

  private static boolean isGzip(PushbackInputStream layer) throws IOException {
    byte[] magic = layer.readNBytes(2);
    layer.unread(magic);
    return magic.length == 2
        && (magic[0] & 0xFF) == GunzipStream.FIRST_MAGIC
        && (magic[1] & 0xFF) == GunzipStream.SECOND_MAGIC;
  }
}
