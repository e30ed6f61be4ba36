package io.fitroute.conversion;

import java.util.List;

/**
 * What a FIT file was written from.
 *
 * @param points how many points it has
 * @param laps how many laps it has
 * @param notes what the document has that the file has not, each a sentence without its full stop
 */
public record Converted(int points, int laps, List<String> notes) {}
