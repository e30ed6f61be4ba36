package io.fitroute.fit;

import java.io.IOException;

/** Signals unacceptable bytes through a stream, as opposed to a failure to read or write. */
final class RefusedBytes extends IOException {

  private final UnacceptableFile.Kind kind;

  RefusedBytes(UnacceptableFile.Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  UnacceptableFile.Kind kind() {
    return kind;
  }
}
