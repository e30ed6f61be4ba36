package io.fitroute.fit;

/** The format of a file by its content; its name is ignored. */
public enum FileFormat {
  FIT,
  GPX,
  TCX,
  JSON,
  HTML,
  /** Empty, or only white space. */
  EMPTY,
  UNKNOWN;

  /** The number of leading bytes that suffice to recognise any realistic file. */
  public static final int HEAD_SIZE = 1 << 16;

  /**
   * Recognises a format.
   *
   * @param head the first {@link #HEAD_SIZE} bytes, or all if there are fewer
   */
  public static FileFormat of(byte[] head) {
    return FormatRecognition.recognise(head);
  }
}
