package io.fitroute.fit;

/**
 * Bytes that are not a valid FIT file. The message says what was found, where, and what was
 * expected.
 */
public final class InvalidFitFile extends Exception {

  /** What is wrong with a file. */
  public enum Defect {
    /** There is not one byte. */
    EMPTY,
    /** It, or one of the files that are chained in it, does not start as a FIT file does. */
    NOT_FIT,
    /** It ends before the place where its header says that it does. */
    TRUNCATED,
    /** The header's data size is 0, or does not fall on the end of a message. */
    WRONG_DATA_SIZE,
    /** A checksum, of a header or of a whole segment, is not that of the bytes. */
    WRONG_CRC,
    /** A message cannot be read by FIT's rules. */
    BROKEN_MESSAGE
  }

  private final Defect defect;

  InvalidFitFile(Defect defect, String message) {
    super(message);
    this.defect = defect;
  }

  /** What is wrong. */
  public Defect defect() {
    return defect;
  }
}
