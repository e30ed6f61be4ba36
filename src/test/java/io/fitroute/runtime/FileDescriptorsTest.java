package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileDescriptorsTest {

  @ParameterizedTest
  @CsvSource({"1024, 824", "400, 200", "256, 56", "64, 16"})
  void whereTooFewFilesMayBeOpenFewerConnectionsAreTakenAndThatIsTold(long descriptors, int taken) {
    try (LogLines log = new LogLines()) {
      assertThat(FileDescriptors.connections(1000, descriptors)).isEqualTo(taken);

      assertThat(log.all())
          .filteredOn(line -> line.contains(FileDescriptors.class.getName()))
          .singleElement()
          .asString()
          .contains(
              "Only " + descriptors + " files", "at most " + taken + " connections", "ulimit -n");
    }
  }

  @Test
  void whereThereAreEnoughNothingIsSaid() {
    try (LogLines log = new LogLines()) {
      assertThat(FileDescriptors.connections(1000, 1200)).isEqualTo(1000);
      assertThat(FileDescriptors.connections(10)).isEqualTo(10);

      assertThat(log.all()).noneMatch(line -> line.contains(FileDescriptors.class.getName()));
    }
  }
}
