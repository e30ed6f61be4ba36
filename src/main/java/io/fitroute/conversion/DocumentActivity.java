package io.fitroute.conversion;

import io.fitroute.fit.Sport;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * An activity as a document tells it.
 *
 * @param laps at least one
 * @param name what it is called
 * @param device what recorded it
 * @param offset of the local time from UTC, where times are written with one
 * @param notes what was left out, and why
 */
record DocumentActivity(
    List<DocumentLap> laps,
    Sport sport,
    Optional<String> name,
    Optional<String> device,
    Optional<ZoneOffset> offset,
    List<String> notes) {}
