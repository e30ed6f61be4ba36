package io.fitroute.conversion;

import java.util.List;

/**
 * The result of a conversion.
 *
 * @param points the number of points in the FIT file
 * @param laps the number of laps in the FIT file
 * @param notes data of the document that the file lacks, each a sentence without a full stop
 */
public record Converted(int points, int laps, List<String> notes) {}
