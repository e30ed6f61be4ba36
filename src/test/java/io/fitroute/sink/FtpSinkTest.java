package io.fitroute.sink;

import java.nio.file.Path;
import java.util.Optional;

class FtpSinkTest extends RemoteSinkContract {

  @Override
  String sink() {
    return "ftp";
  }

  @Override
  Storage start(Path root) throws Exception {
    return new FtpStorage(root, Optional.empty());
  }
}
