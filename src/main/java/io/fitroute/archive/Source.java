package io.fitroute.archive;

import io.fitroute.archive.SourceFile.Content;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * A zip, folder or file to import. Only the central directory of a zip is held in memory. Paths in
 * an archive are never used to write files.
 *
 * @param files the files that may contain activities, in the order in which to import them
 * @param provenance the provenance of the files
 * @param athleteId the owner of the archive, if it names one
 * @param remark a note for the user; empty if there is none
 */
public record Source(
    List<SourceFile> files,
    String provenance,
    Optional<String> athleteId,
    String remark,
    Closeable zip)
    implements Closeable {

  /** The provenance of files in Strava's bulk export. */
  public static final String ARCHIVE = "archive";

  /** The provenance of all other files. */
  public static final String ORIGINAL = "original";

  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};

  /**
   * Opens a source, which has to be closed.
   *
   * @throws IOException if it cannot be read; the message is meant for the user
   */
  public static Source open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return BulkExport.arranged(folder(path), () -> {});
    }
    if (!Files.exists(path)) {
      throw new IOException("there is no such file or folder");
    }
    if (isZip(path)) {
      return zip(path);
    }
    SourceFile file =
        SourceFile.of(
            path.getFileName().toString(), Files.size(path), () -> Files.newInputStream(path));
    return new Source(List.of(file), ORIGINAL, Optional.empty(), "", () -> {});
  }

  private static boolean isZip(Path path) throws IOException {
    try (InputStream bytes = Files.newInputStream(path)) {
      byte[] start = bytes.readNBytes(ZIP.length);
      return Arrays.equals(start, ZIP) || Arrays.equals(start, EMPTY_ZIP);
    } catch (AccessDeniedException e) {
      throw new IOException("no permission to read it", e);
    }
  }

  /** Names that are not UTF-8 are read as ISO 8859-1, where every byte is valid. */
  private static Source zip(Path path) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(path.toFile(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      throw new IOException(
          reason.contains("encrypted")
              ? "it is an encrypted zip: unpack it, and import the folder"
              : "it is a damaged or incomplete zip (" + reason + ")",
          e);
    }
    Map<String, SourceFile> files = new LinkedHashMap<>();
    zip.stream()
        .filter(entry -> !entry.isDirectory())
        .forEach(
            entry -> {
              Content content = () -> zip.getInputStream(entry);
              long size = Math.max(0, entry.getCompressedSize());
              files.put(entry.getName(), SourceFile.of(entry.getName(), size, content));
            });
    return BulkExport.arranged(files, zip);
  }

  /** Links are not followed, so that nothing outside the folder is read. */
  private static Map<String, SourceFile> folder(Path folder) throws IOException {
    Map<String, SourceFile> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          String name = folder.relativize(file).toString().replace('\\', '/');
          boolean isFile = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
          SourceFile found =
              SourceFile.of(name, isFile ? Files.size(file) : 0, () -> Files.newInputStream(file));
          files.put(name, isFile ? found : found.blocked("it is a link or another special file"));
        }
      }
    } catch (UncheckedIOException e) {
      throw new IOException(
          "it contains a file or folder that cannot be read: " + e.getCause().getMessage(), e);
    }
    return files;
  }

  /** The total size of the files in bytes, as compressed. */
  public long bytes() {
    return files.stream().mapToLong(SourceFile::size).sum();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
