package io.fitroute.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.zip.GZIPOutputStream;

/** Sends much from little: zeros compressed on the fly. */
final class GzipBombs {

  private static final int CHUNK = 1 << 16;

  private GzipBombs() {}

  /** Responds with a gzip file of this unpacked size; ends early if the client disconnects. */
  static void send(long unpackedBytes, RoutingContext context) {
    context.request().resume();
    HttpServerResponse response = context.response();
    response.setChunked(true).putHeader("Content-Type", "application/octet-stream");
    context
        .vertx()
        .executeBlocking(
            () -> {
              pack(unpackedBytes, new ResponseStream(response));
              return response.end();
            },
            false)
        .onFailure(gone -> context.request().connection().close());
  }

  private static void pack(long unpackedBytes, OutputStream target) throws IOException {
    byte[] zeros = new byte[CHUNK];
    try (GZIPOutputStream packed = new GZIPOutputStream(target, CHUNK)) {
      for (long left = unpackedBytes; left > 0; left -= CHUNK) {
        packed.write(zeros, 0, (int) Math.min(CHUNK, left));
      }
    }
  }

  /** Waits until each piece is sent, so memory use stays small for slow clients. */
  private static final class ResponseStream extends OutputStream {
    private final HttpServerResponse response;

    private ResponseStream(HttpServerResponse response) {
      this.response = response;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Buffer piece = Buffer.buffer(Arrays.copyOfRange(bytes, offset, offset + length));
      try {
        response.write(piece).toCompletionStage().toCompletableFuture().join();
      } catch (CompletionException | IllegalStateException gone) {
        throw new IOException("the client is gone", gone);
      }
    }
  }
}
