package io.fitroute.fit;

import java.time.Instant;

/**
 * What was measured at one moment of an activity: FIT's record. {@link Double#NaN} stands for what
 * is not known; a value that FIT cannot hold is written as not known, too.
 *
 * @param time in FIT to the second
 * @param latitude degrees, -90 to 90, north positive; without the longitude it is not written
 * @param longitude degrees, -180 to 180, east positive; without the latitude it is not written
 * @param altitude metres above the sea, from -500; in FIT to 0.2 m
 * @param distance metres since the activity's start; in FIT to 0.01 m
 * @param speed metres per second; in FIT to 0.001 m/s
 * @param heartRate beats per minute, 0 to 254
 * @param cadence turns of one pedal or steps of one leg per minute, 0 to 254; in FIT to 1/128
 * @param power watts, 0 to 65,534
 * @param grade slope in per cent, -327.68 to 327.66; in FIT to 0.01
 * @param temperature degrees Celsius, -128 to 126; in FIT to the degree
 */
public record TrackPoint(
    Instant time,
    double latitude,
    double longitude,
    double altitude,
    double distance,
    double speed,
    double heartRate,
    double cadence,
    double power,
    double grade,
    double temperature) {}
