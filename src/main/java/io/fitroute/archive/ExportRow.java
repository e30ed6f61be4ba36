package io.fitroute.archive;

/**
 * What the table {@code activities.csv} of a bulk export says of an activity.
 *
 * @param id the activity's id
 * @param date when it began, in UTC, as it is written in the account's language
 * @param name its title
 * @param type its sport type, as it is called in the account's language
 * @param file the path of its file in the archive, {@code #error#}, or empty
 */
public record ExportRow(String id, String date, String name, String type, String file) {}
