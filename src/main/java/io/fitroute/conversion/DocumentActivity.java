package io.fitroute.conversion;

import io.fitroute.fit.Sport;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * An activity as read from a document.
 *
 * @param laps at least one
 * @param name the title; empty if there is none
 * @param device the recording device; empty if unknown
 * @param offset the local time's offset from UTC; empty if the times have none
 * @param notes data that was left out, with the reason
 */
record DocumentActivity(
    List<DocumentLap> laps,
    Sport sport,
    Optional<String> name,
    Optional<String> device,
    Optional<ZoneOffset> offset,
    List<String> notes) {}
