package io.fitroute.sink;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;

/** A server for a sink, with faults. */
interface Storage extends AutoCloseable {

  /** The settings of a sink for this server. */
  Map<String, String> settings();

  /** Additional settings with wrong credentials. */
  Map<String, String> wrongCredentials();

  /** The files with their content. */
  SortedMap<String, byte[]> files() throws IOException;

  /** Stores a file directly. */
  void put(String path, byte[] content) throws IOException;

  /** Stops or resumes accepting files. */
  void full(boolean full);

  /** The connection to it. */
  Wire wire();

  @Override
  void close() throws IOException;
}
