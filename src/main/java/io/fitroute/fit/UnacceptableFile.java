package io.fitroute.fit;

/**
 * A received file that is neither valid FIT nor another format of activities. The message says what
 * was found.
 */
public final class UnacceptableFile extends Exception {

  /** What came instead. */
  public enum Kind {
    /** A web page, e.g. one that asks to log in. */
    HTML,
    /** Nothing, or nothing but blanks. */
    EMPTY,
    /** A file, or its gzip packing, that ends too early. */
    TRUNCATED,
    /** FIT, or its gzip packing, that breaks its own rules. */
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

  /** What came instead. */
  public Kind kind() {
    return kind;
  }
}
