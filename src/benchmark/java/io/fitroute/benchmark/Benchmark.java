package io.fitroute.benchmark;

/** A measurement. It ends by itself and stops whatever it started. */
interface Benchmark {

  /** Its name on the command line. */
  String name();

  /**
   * Measures and prints a section of Markdown.
   *
   * @throws Exception if the measurement is not possible; a bad result is not a failure
   */
  void run(Workbench bench) throws Exception;
}
