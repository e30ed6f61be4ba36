/**
 * Recognises, checks and writes FIT files, the format of sports watches. Knows nothing of where a
 * file comes from or goes to, and needs nothing but the JDK.
 *
 * <ul>
 *   <li>Write an activity: {@link io.fitroute.fit.ActivityFileWriter}. Any other FIT message:
 *       {@link io.fitroute.fit.FitWriter} with {@link io.fitroute.fit.MessageLayout}.
 *   <li>Check a file, and learn what it says of itself: {@link io.fitroute.fit.FitCheck}.
 *   <li>Take in a file of which nothing is known: {@link io.fitroute.fit.FileReceiver}.
 * </ul>
 *
 * Numbers of messages and fields, their scales and units are those of Garmin's FIT profile 21.212.
 */
package io.fitroute.fit;
