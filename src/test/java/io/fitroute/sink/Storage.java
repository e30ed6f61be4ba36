package io.fitroute.sink;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;

/** A server for a sink, and what may befall it. */
interface Storage extends AutoCloseable {

  /** What has to be set for a sink to find it. */
  Map<String, String> settings();

  /** What has to be set besides, for somebody whom it does not let in. */
  Map<String, String> wrongCredentials();

  /** The files there, with their content. */
  SortedMap<String, byte[]> files() throws IOException;

  /** Puts a file there by another way. */
  void put(String path, byte[] content) throws IOException;

  /** Takes no more files, or takes them again. */
  void full(boolean full);

  /** The way to it. */
  Wire wire();

  @Override
  void close() throws IOException;
}
