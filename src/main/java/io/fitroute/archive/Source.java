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
 * What somebody wants to import: a zip, a folder or a file. Of a zip only the directory at its end
 * is kept in memory. Nothing is ever written to a place that an archive names.
 *
 * @param files those that may be activities', in the order in which they are to be taken
 * @param provenance of what is in them
 * @param athleteId whose archive it is, if it says so
 * @param remark what else there is to tell of it; empty if nothing
 */
public record Source(
    List<SourceFile> files,
    String provenance,
    Optional<String> athleteId,
    String remark,
    Closeable zip)
    implements Closeable {

  /** What Strava's own archive has. */
  public static final String ARCHIVE = "archive";

  /** What somebody else's files are. */
  public static final String ORIGINAL = "original";

  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};

  /**
   * Opens it.
   *
   * @throws IOException if it cannot be read, with a sentence that says why
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

  /** Names that are not UTF-8 are read as ISO 8859-1, in which every byte is a character. */
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

  /** Links are not followed, so that nothing outside of the folder is read. */
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
      throw new IOException("it holds what cannot be read: " + e.getCause().getMessage(), e);
    }
    return files;
  }

  /** How many bytes there are to read, packed. */
  public long bytes() {
    return files.stream().mapToLong(SourceFile::size).sum();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
