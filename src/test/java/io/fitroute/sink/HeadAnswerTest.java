package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadAnswerTest {

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
  private final Message message = exchange.getMessage();

  private void read(int status, String length) throws IOException {
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    message.setHeader(Exchange.CONTENT_LENGTH, length);
    new HeadAnswer().read(exchange);
  }

  @ParameterizedTest
  @CsvSource({"200, 17, 17", "200, '', ", "404, 17, -1", "410, '', -1"})
  void theSizeIsToldWhereItIsKnown(int status, String length, Long size) throws IOException {
    read(status, length);

    assertThat(message.getHeader("size")).isEqualTo(size);
    assertThat(message.getHeaders()).doesNotContainKey(Exchange.HTTP_RESPONSE_CODE);
  }

  @ParameterizedTest
  @CsvSource({"405", "501"})
  void aServerThatDoesNotKnowTheMethodTellsNothing(int status) throws IOException {
    read(status, "0");

    assertThat(message.getHeaders())
        .containsOnlyKeys("unknown")
        .containsValue("the server does not answer HEAD");
  }

  @Test
  void anythingElseIsAFailure() {
    assertThatThrownBy(() -> read(401, ""))
        .isInstanceOf(IOException.class)
        .hasMessage("the server answered HEAD with the status 401");
  }
}
