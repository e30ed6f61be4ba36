package io.fitroute.strava.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.ledger.LedgerUnavailable;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.dao.DataAccessException;

/** Responds to a refused request with {@code application/problem+json} (RFC 9457). */
public final class Problems {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Responds to the exception that was caught. */
  public void answer(Exchange exchange) throws JsonProcessingException {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    exchange.getMessage().removeHeaders("*");
    if (cause instanceof RequestRefused refused) {
      refuse(exchange, refused.status(), refused.getMessage(), refused.field());
    } else if (cause instanceof LedgerUnavailable || cause instanceof DataAccessException) {
      refuse(exchange, 503, "the event could not be stored; please send it again");
    } else {
      refuse(exchange, 500, "an internal error occurred");
    }
  }

  /** Responds with a status and a description. */
  void refuse(Exchange exchange, int status, String detail) throws JsonProcessingException {
    refuse(exchange, status, detail, "");
  }

  private void refuse(Exchange exchange, int status, String detail, String field)
      throws JsonProcessingException {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", HttpResponseStatus.valueOf(status).reasonPhrase());
    problem.put("status", status);
    problem.put("detail", detail);
    if (!field.isEmpty()) {
      problem.put("field", field);
    }
    Message message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
    if (status == 429 || status == 503) {
      message.setHeader("Retry-After", "60");
    }
    message.setBody(JSON.writeValueAsString(problem));
  }
}
