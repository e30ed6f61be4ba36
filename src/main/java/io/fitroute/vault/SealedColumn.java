package io.fitroute.vault;

/**
 * A column of the ledger that holds encrypted texts.
 *
 * @param id the column that identifies a row
 */
public record SealedColumn(String table, String id, String column) {

  /** The owner of the text in a row, as needed by {@link Vault}. */
  public String owner(String row) {
    return table + " " + row + ", " + column;
  }
}
