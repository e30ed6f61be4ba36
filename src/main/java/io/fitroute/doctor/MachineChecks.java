package io.fitroute.doctor;

import io.fitroute.runtime.DataVault;
import io.fitroute.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks Java, the disk, and the permissions of private files. */
record MachineChecks(Settings settings, Path workingDirectory) {

  private static final long MEGABYTE = 1L << 20;
  private static final long LITTLE = 1024;
  private static final long NEXT_TO_NOTHING = 64;
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  List<Finding> examine() throws IOException {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.good(
            "java", "Java " + Runtime.version() + " of " + System.getProperty("java.home")));
    Set<Path> folders = new LinkedHashSet<>();
    folders.add(settings.path("data.dir"));
    folders.add(settings.path("download.base-dir"));
    for (Path folder : folders) {
      findings.add(space(folder));
    }
    findings.add(privacy("data folder", settings.path("data.dir"), "700"));
    Path key = DataVault.keyFile(settings);
    if (Files.exists(key)) {
      findings.add(privacy("data key", key, "600"));
    }
    Path dotEnv = workingDirectory.resolve(".env");
    if (Files.exists(dotEnv)) {
      findings.add(privacy(".env", dotEnv, "600"));
    }
    return findings;
  }

  private static Finding space(Path folder) throws IOException {
    long free = Files.getFileStore(existing(folder)).getUsableSpace() / MEGABYTE;
    String what = free + " MB are free at " + folder;
    if (free < NEXT_TO_NOTHING) {
      return Finding.trouble(
          "disk",
          what,
          "Events cannot be stored on a full disk; Strava sends each three times and then drops it.",
          "Free some space, or set data.dir and download.base-dir to another disk.");
    }
    return free < LITTLE
        ? Finding.warning(
            "disk",
            what,
            "Once the disk is full, events cannot be stored, and Strava drops them.",
            "Free some space soon.")
        : Finding.good("disk", what);
  }

  private static Path existing(Path folder) {
    Path found = folder;
    while (!Files.exists(found) && found.getParent() != null) {
      found = found.getParent();
    }
    return found;
  }

  private static Finding privacy(String subject, Path path, String mode) throws IOException {
    if (!Files.exists(path)) {
      return Finding.good(subject, path + " is created at the first start");
    }
    if (!Files.getFileStore(path).supportsFileAttributeView("posix")) {
      return Finding.good(subject, path + " is there");
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    String what = path + " has the mode " + PosixFilePermissions.toString(permissions);
    return permissions.stream().anyMatch(OTHERS::contains)
        ? Finding.warning(
            subject,
            what,
            "Others on this machine can read what gives access to your Strava account.",
            "chmod " + mode + " '" + path + "'")
        : Finding.good(subject, what);
  }
}
