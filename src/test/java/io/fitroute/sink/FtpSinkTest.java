package io.fitroute.sink;

import java.nio.file.Path;
import java.util.Optional;

class FtpSinkTest extends RemoteSinkContract {

  @Override
  String sink() {
    return "ftp";
  }

  /** Data does not pass through the wire. */
  @Override
  void slowFiles() throws Exception {
    ((FtpStorage) storage()).sendSlowly(10_000);
  }

  @Override
  Storage start(Path root) throws Exception {
    return new FtpStorage(root, Optional.empty());
  }
}
