package io.fitroute.runtime;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.LedgerAddress;
import io.fitroute.ledger.LedgerCopy;
import io.fitroute.ledger.PrivateFiles;
import io.fitroute.settings.Settings;
import io.fitroute.system.SystemServices;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies what cannot be recreated: the ledger, the key of its tokens, and the settings. Only the
 * owner can read the copies.
 */
public final class Backups {

  private static final String LEDGER = "fitroute.db";
  private static final String KEY = "data.key";
  private static final String ENV = ".env";
  private static final String PROPERTIES = "application.properties";

  private final Settings settings;
  private final Path workingDirectory;
  private final Path home;

  /**
   * @param workingDirectory the folder of {@code .env}
   * @param home the folder of {@code application.properties}
   */
  public Backups(Settings settings, Path workingDirectory, Path home) {
    this.settings = settings;
    this.workingDirectory = workingDirectory;
    this.home = home;
  }

  /**
   * Makes a copy in a folder that contains none yet. With SQLite a service may be running; the copy
   * is consistent.
   *
   * @return the files created
   * @throws IOException on failure; the message says why
   */
  public List<Path> make(Path folder) throws IOException {
    PrivateFiles.createFolder(folder);
    Path ledger = folder.resolve(LEDGER);
    for (String name : List.of(LEDGER, KEY, ENV, PROPERTIES)) {
      if (Files.exists(folder.resolve(name))) {
        throw new IOException(folder + " already contains a backup: choose another folder");
      }
    }
    LedgerAddress source = LedgerFile.address(settings);
    if (source.file().isPresent()) {
      snapshot(source.file().get(), ledger);
    } else {
      copy(source, sqlite(ledger));
    }
    List<Path> made = new ArrayList<>(List.of(ledger));
    copied(DataVault.keyFile(settings), folder.resolve(KEY)).ifPresent(made::add);
    copied(workingDirectory.resolve(ENV), folder.resolve(ENV)).ifPresent(made::add);
    copied(home.resolve(PROPERTIES), folder.resolve(PROPERTIES)).ifPresent(made::add);
    return made;
  }

  private void snapshot(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      throw new IOException("there is nothing to copy: no file " + from);
    }
    Files.createFile(to, PrivateFiles.ofFile(to));
    try (Ledger ledger = LedgerFile.open(settings)) {
      ledger.read().sql("vacuum into ?").param(to.toString()).update();
    }
    force(to);
  }

  private static LedgerAddress sqlite(Path file) {
    return new LedgerAddress("jdbc:sqlite:" + file, "", "");
  }

  private static void copy(LedgerAddress from, LedgerAddress to) {
    try (LedgerCopy copy = LedgerCopy.begin(from, to, SystemServices.ofJdk())) {
      copy.run(() -> {});
    }
  }

  private static Optional<Path> copied(Path from, Path to) throws IOException {
    if (!Files.isRegularFile(from)) {
      return Optional.empty();
    }
    Files.createFile(to, PrivateFiles.ofFile(to));
    Files.write(to, Files.readAllBytes(from));
    force(to);
    return Optional.of(to);
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * Restores a copy; nothing may be running. Existing files are kept beside it with the suffix
   * {@code .before-restore}. Settings are not restored, because they may belong to another machine.
   *
   * @return the files restored
   * @throws IOException on failure; the message says why
   */
  public List<Path> restore(Path folder) throws IOException {
    Path ledger = folder.resolve(LEDGER);
    if (!Files.isRegularFile(ledger)) {
      throw new IOException(folder + " contains no backup: there is no " + LEDGER);
    }
    List<Path> restored = new ArrayList<>();
    LedgerAddress target = LedgerFile.address(settings);
    if (target.file().isPresent()) {
      Path file = target.file().get().toAbsolutePath();
      PrivateFiles.createFolder(file.getParent());
      for (String ending : List.of("", "-wal", "-shm")) {
        aside(Path.of(file + ending));
      }
      copied(ledger, file).ifPresent(restored::add);
    } else {
      copy(sqlite(ledger), target);
      restored.add(ledger);
    }
    Path key = DataVault.keyFile(settings);
    if (Files.isRegularFile(folder.resolve(KEY))) {
      aside(key);
      copied(folder.resolve(KEY), key).ifPresent(restored::add);
    }
    return restored;
  }

  private static void aside(Path file) throws IOException {
    if (Files.exists(file)) {
      Files.move(
          file,
          Path.of(file + ".before-restore"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
