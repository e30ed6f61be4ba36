package io.fitroute.vault;

/**
 * Where encrypted texts lie in the ledger.
 *
 * @param id the column that tells the rows of the table apart
 */
public record SealedColumn(String table, String id, String column) {

  /** What a text belongs to that lies in the row of an id. */
  public String owner(String row) {
    return table + " " + row + ", " + column;
  }
}
