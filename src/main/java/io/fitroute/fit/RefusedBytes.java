package io.fitroute.fit;

import java.io.IOException;

/**
 * Carries the reason why bytes are unacceptable through a stream, and apart from failures to read
 * or write.
 */
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
