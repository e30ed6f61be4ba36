package io.fitroute.conversion;

import io.fitroute.fit.TrackPoint;
import java.util.List;

/** Points without a pause between them; at least one, each with a time that FIT can express. */
record Segment(List<TrackPoint> points) {}
