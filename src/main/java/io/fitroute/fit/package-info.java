/**
 * Recognises, checks and writes FIT files, the format of sports watches. Does not know where files
 * come from or go to, and needs only the JDK.
 *
 * <ul>
 *   <li>Write an activity: {@link io.fitroute.fit.ActivityFileWriter}. Any other FIT message:
 *       {@link io.fitroute.fit.FitWriter} with {@link io.fitroute.fit.MessageLayout}.
 *   <li>Check and summarise a file: {@link io.fitroute.fit.FitCheck}.
 *   <li>Receive an unknown file: {@link io.fitroute.fit.FileReceiver}.
 * </ul>
 *
 * Numbers of messages and fields, their scales and units are those of Garmin's FIT profile 21.212.
 */
package io.fitroute.fit;
