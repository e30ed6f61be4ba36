package io.fitroute.fit;

/** What a file is by its bytes; its name says nothing. */
public enum FileFormat {
  FIT,
  GPX,
  TCX,
  JSON,
  HTML,
  /** Not one byte, or nothing but blanks. */
  EMPTY,
  UNKNOWN;

  /**
   * Bytes from a file's beginning that are enough to recognise it, short of prologs that nobody
   * writes.
   */
  public static final int HEAD_SIZE = 1 << 16;

  /**
   * Recognises a format.
   *
   * @param head the file's first {@link #HEAD_SIZE} bytes, or all when it has fewer
   */
  public static FileFormat of(byte[] head) {
    return FormatRecognition.recognise(head);
  }
}
