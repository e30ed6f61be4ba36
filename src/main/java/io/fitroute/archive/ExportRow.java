package io.fitroute.archive;

/**
 * A row of the table {@code activities.csv} of a bulk export.
 *
 * @param id the activity's ID
 * @param date its start in UTC, formatted in the account's language
 * @param name its title
 * @param type its sport type in the account's language
 * @param file the path of its file in the archive, {@code #error#}, or empty
 */
public record ExportRow(String id, String date, String name, String type, String file) {}
