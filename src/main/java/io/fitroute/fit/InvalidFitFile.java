package io.fitroute.fit;

/**
 * The bytes are not a valid FIT file. The message says what was found where, and what was expected.
 */
public final class InvalidFitFile extends Exception {

  /** The defect of a file. */
  public enum Defect {
    /** It is empty. */
    EMPTY,
    /** It, or a file chained in it, does not start with a FIT header. */
    NOT_FIT,
    /** It ends before the size in its header is reached. */
    TRUNCATED,
    /** The data size in the header is 0 or not at the end of a message. */
    WRONG_DATA_SIZE,
    /** The checksum of a header or a segment does not match. */
    WRONG_CRC,
    /** A message violates FIT's rules. */
    BROKEN_MESSAGE
  }

  private final Defect defect;

  InvalidFitFile(Defect defect, String message) {
    super(message);
    this.defect = defect;
  }

  public Defect defect() {
    return defect;
  }
}
