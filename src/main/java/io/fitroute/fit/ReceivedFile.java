package io.fitroute.fit;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that was received, stored and found acceptable.
 *
 * @param path where it is stored
 * @param format FIT, GPX, TCX or JSON
 * @param size in bytes, as stored
 * @param sha256 of what is stored, 64 hexadecimal digits in lower case
 * @param fit what a FIT file says of itself; empty for any other format
 */
public record ReceivedFile(
    Path path, FileFormat format, long size, String sha256, Optional<FitReport> fit) {}
