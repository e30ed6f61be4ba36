package io.fitroute.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that must arrive before a deadline, which is extended as it arrives. */
public abstract class TimedContent extends FilterInputStream {

  private final Deadline deadline;

  protected TimedContent(InputStream content, Deadline deadline) {
    super(content);
    this.deadline = deadline;
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public final int read(byte[] target, int offset, int length) throws IOException {
    int count;
    try {
      count = super.read(target, offset, length);
    } catch (IOException | RuntimeException failure) {
      explain(failure);
      throw failure;
    }
    deadline.passed(count);
    if (count < 0) {
      finish();
    }
    return count;
  }

  /** Called each time the end of the content is read. */
  protected void finish() throws IOException {}

  /** Throws an exception that names the deadline if missing it caused the failure. */
  protected abstract void explain(Exception failure) throws IOException;
}
