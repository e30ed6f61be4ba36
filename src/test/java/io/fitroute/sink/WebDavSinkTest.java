package io.fitroute.sink;

import java.nio.file.Path;

class WebDavSinkTest extends RemoteSinkContract {

  @Override
  String sink() {
    return "webdav";
  }

  @Override
  Storage start(Path root) throws Exception {
    return new WebDavStorage(root);
  }
}
