package io.fitroute.strava.export.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.garmin.fit.DeviceInfoMesg;
import com.garmin.fit.FitMessages;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The creator of a file and the recording device. */
class DevicesOfAFileTest {
  private static final String STREAMS = "{\"time\":{\"data\":[0,1]}}";

  private static List<DeviceInfoMesg> devices(ObjectNode details) throws Exception {
    return Samples.made(details, STREAMS).getDeviceInfoMesgs();
  }

  @Test
  void theDeviceThatRecordedIsNamedBesideTheMaker() throws Exception {
    List<DeviceInfoMesg> devices =
        devices(Samples.details().put("device_name", "Garmin Forerunner 255"));

    assertThat(devices)
        .extracting(DeviceInfoMesg::getDeviceIndex)
        .containsExactly((short) 0, (short) 1);
    assertThat(devices)
        .extracting(DeviceInfoMesg::getProductName)
        .containsExactly("fitroute", "Garmin Forerunner 255");
    assertThat(devices).extracting(DeviceInfoMesg::getSoftwareVersion).containsExactly(1.07f, null);
    assertThat(devices)
        .allSatisfy(
            device ->
                assertThat(device.getTimestamp().getDate().toInstant()).isEqualTo(Samples.START));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void aDeviceWithoutANameIsLeftOut(String name) throws Exception {
    assertThat(devices(Samples.details().put("device_name", name)))
        .extracting(DeviceInfoMesg::getProductName)
        .containsExactly("fitroute");
    assertThat(devices(Samples.details().putNull("device_name"))).hasSize(1);
  }

  @Test
  void theMakerSaysItsVersion() throws Exception {
    FitMessages messages = Samples.made(Samples.details(), STREAMS);

    assertThat(messages.getFileCreatorMesgs()).hasSize(1);
    assertThat(messages.getFileCreatorMesgs().get(0).getSoftwareVersion()).isEqualTo(107);
    assertThat(messages.getFileIdMesgs().get(0).getProductName()).isEqualTo("fitroute");
  }
}
