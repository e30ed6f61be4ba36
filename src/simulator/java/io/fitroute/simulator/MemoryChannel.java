package io.fitroute.simulator;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** A small file in memory. */
final class MemoryChannel implements SeekableByteChannel {

  private byte[] content = new byte[1 << 14];
  private int size;
  private int position;
  private boolean open = true;

  /** The content. */
  byte[] bytes() {
    return Arrays.copyOf(content, size);
  }

  @Override
  public int read(ByteBuffer target) {
    int count = Math.min(target.remaining(), size - position);
    if (count <= 0) {
      return target.hasRemaining() ? -1 : 0;
    }
    target.put(content, position, count);
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer source) {
    int count = source.remaining();
    int end = position + count;
    if (end > content.length) {
      content = Arrays.copyOf(content, Math.max(end, content.length * 2));
    }
    source.get(content, position, count);
    position = end;
    size = Math.max(size, end);
    return count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public MemoryChannel position(long value) {
    position = Math.toIntExact(value);
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public MemoryChannel truncate(long value) {
    size = Math.toIntExact(Math.min(size, value));
    position = Math.min(position, size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
