package io.fitroute.fit;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that was received, stored and accepted.
 *
 * @param path where it is stored
 * @param format FIT, GPX, TCX or JSON
 * @param size in bytes, as stored
 * @param sha256 of the stored file, 64 hexadecimal digits in lower case
 * @param fit the contents of a FIT file; empty for other formats
 */
public record ReceivedFile(
    Path path, FileFormat format, long size, String sha256, Optional<FitReport> fit) {}
