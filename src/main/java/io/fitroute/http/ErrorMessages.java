package io.fitroute.http;

import io.fitroute.text.Plain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;

/** Describes exceptions in words, for reasons that people read. */
public final class ErrorMessages {

  private static final int LONGEST = 500;

  /** Describes the exception that was caught. */
  public String of(Exchange exchange) {
    return of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
  }

  /** One line; never empty. */
  public static String of(Throwable failure) {
    String said = Plain.line(sentence(innermost(failure)));
    String line = said.isEmpty() ? failure.getClass().getSimpleName() : said;
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  /** Unwraps exceptions that only carry another one through an interface. */
  private static Throwable innermost(Throwable failure) {
    boolean carrier =
        failure instanceof CamelExecutionException
            || failure instanceof CamelExchangeException
            || failure instanceof UncheckedIOException
            || failure instanceof CompletionException;
    return carrier && failure.getCause() != null ? innermost(failure.getCause()) : failure;
  }

  private static String sentence(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    boolean saysItAll =
        failure.getClass() == IOException.class
            || failure.getClass().getPackageName().startsWith("io.fitroute");
    if (saysItAll && failure.getMessage() != null) {
      return message;
    }
    if (failure instanceof UnknownHostException) {
      return "the host " + message + " cannot be found";
    }
    if (failure instanceof SocketTimeoutException) {
      return "no answer in time: " + message;
    }
    if (failure instanceof SSLException) {
      return "no secure connection, the certificate may not be trusted: " + message;
    }
    if (failure instanceof ConnectException) {
      return "no connection: " + message;
    }
    if (failure instanceof SocketException
        || failure instanceof ProtocolException
        || failure instanceof ConnectionClosedException
        || failure instanceof NoHttpResponseException) {
      return "the connection failed: " + message;
    }
    if (failure instanceof AccessDeniedException) {
      return "no permission for " + message;
    }
    if (failure instanceof HttpOperationFailedException refusal) {
      return server(refusal.getUri()) + " answered " + refusal.getStatusCode() + meaning(refusal);
    }
    return failure.getClass().getSimpleName() + ": " + message;
  }

  /** Paths may hold a secret. */
  private static String server(String uri) {
    return uri.replaceFirst("^(\\w+://)(?:[^/@]*@)?([^/?#]*).*$", "$1$2");
  }

  private static String meaning(HttpOperationFailedException refusal) {
    return switch (refusal.getStatusCode()) {
      case 401, 403 -> ": access denied; a password, token or key may be wrong";
      case 413 -> ": the file is too large";
      case 429 -> ": too many requests";
      case 507 -> ": no space left, or the quota is exhausted";
      default -> "";
    };
  }
}
