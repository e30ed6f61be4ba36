package io.fitroute.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The ledger's SQL statements, one per file under {@code sql/}, so that they can be read on their
 * own.
 */
public final class SqlText {

  private SqlText() {}

  /**
   * Reads a statement.
   *
   * @param name the file's name without its extension, such as {@code claim-events}
   * @throws IllegalArgumentException if there is no such statement
   */
  public static String named(String name) {
    try (InputStream file = SqlText.class.getResourceAsStream("/sql/" + name + ".sql")) {
      if (file == null) {
        throw new IllegalArgumentException("no statement sql/" + name + ".sql");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
