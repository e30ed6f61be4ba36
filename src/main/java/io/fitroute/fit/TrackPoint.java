package io.fitroute.fit;

import java.time.Instant;

/**
 * The measurements at one moment of an activity: FIT's record. {@link Double#NaN} means unknown; a
 * value out of FIT's range is written as unknown too.
 *
 * @param time FIT stores whole seconds
 * @param latitude degrees, -90 to 90, north positive; not written without the longitude
 * @param longitude degrees, -180 to 180, east positive; not written without the latitude
 * @param altitude metres above sea level, from -500; FIT stores 0.2 m
 * @param distance metres since the activity's start; FIT stores 0.01 m
 * @param speed metres per second; FIT stores 0.001 m/s
 * @param heartRate beats per minute, 0 to 254
 * @param cadence crank revolutions, or steps of one leg, per minute, 0 to 254; FIT stores 1/128
 * @param power watts, 0 to 65,534
 * @param grade slope in per cent, -327.68 to 327.66; FIT stores 0.01
 * @param temperature degrees Celsius, -128 to 126; FIT stores whole degrees
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
