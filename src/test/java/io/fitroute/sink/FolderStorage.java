package io.fitroute.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A server that stores its files in a local folder. */
abstract class FolderStorage implements Storage {

  private final Path root;
  private final Wire wire = new Wire();
  private final AtomicBoolean full = new AtomicBoolean();
  private final AtomicBoolean keeping = new AtomicBoolean();
  private final AtomicReference<Refusal> refusal = new AtomicReference<>(Refusal.NONE);

  FolderStorage(Path root) {
    this.root = root;
  }

  final Path root() {
    return root;
  }

  final boolean isFull() {
    return full.get();
  }

  @Override
  public final SortedMap<String, byte[]> files() throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Override
  public final void put(String path, byte[] content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  @Override
  public final void full(boolean now) {
    full.set(now);
  }

  /** Refuses removals from now on, or stops refusing them. */
  final void refuseRemovals(boolean now) {
    keeping.set(now);
  }

  final boolean isKeeping() {
    return keeping.get();
  }

  /** Refuses renames from now on, temporarily or permanently, or stops refusing them. */
  final void refuseRenames(Refusal refusal) {
    this.refusal.set(refusal);
  }

  final Refusal refusal() {
    return refusal.get();
  }

  /** How renames are refused. */
  enum Refusal {
    NONE,
    BUSY,
    NEVER
  }

  @Override
  public final Wire wire() {
    return wire;
  }
}
