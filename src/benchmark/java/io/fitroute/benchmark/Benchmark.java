package io.fitroute.benchmark;

/** One thing that is measured. It ends by itself, and takes with it whatever it started. */
interface Benchmark {

  /** The word by which it is asked for. */
  String name();

  /**
   * Measures, and prints a section of Markdown.
   *
   * @throws Exception if it cannot be measured; a result that is worse than hoped is no reason
   */
  void run(Workbench bench) throws Exception;
}
