package io.fitroute.fit;

/**
 * A received file is neither valid FIT nor another format of activities. The message says what was
 * found.
 */
public final class UnacceptableFile extends Exception {

  /** What the file is instead. */
  public enum Kind {
    /** A web page, e.g. a login page. */
    HTML,
    /** Empty, or only white space. */
    EMPTY,
    /** A file or its gzip data that ends too early. */
    TRUNCATED,
    /** FIT or gzip data that violates its own rules. */
    CORRUPT,
    /** More bytes than allowed, packed or unpacked. */
    TOO_LARGE,
    /** Anything else. */
    UNKNOWN
  }

  private final Kind kind;

  UnacceptableFile(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  UnacceptableFile(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
