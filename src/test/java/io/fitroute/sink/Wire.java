package io.fitroute.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Forwards connections to a server; can be cut or slowed down. It listens at 127.0.0.2, the server
 * at 127.0.0.1.
 */
final class Wire implements AutoCloseable {

  static final String HOST = "127.0.0.2";

  private static final long WHOLE = Long.MAX_VALUE;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<ServerSocket> doors = new CopyOnWriteArrayList<>();
  private final List<Future<?>> receiving = new CopyOnWriteArrayList<>();
  private final List<int[]> ports = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong left = new AtomicLong(WHOLE);
  private final AtomicLong sent = new AtomicLong();
  private long messages;
  private long messagesUntilHold = WHOLE;
  private boolean holding;
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong fast = new AtomicLong(WHOLE);

  /** Forwards a free port to a port of the server; returns the free one. */
  int lead(int to) {
    return lead(0, to);
  }

  /** Forwards a port, 0 for a free one, to a port of the server. */
  int lead(int from, int to) {
    int port = listen(from, to);
    ports.add(new int[] {port, to});
    return port;
  }

  private int listen(int from, int to) {
    try {
      ServerSocket door = new ServerSocket();
      door.setReuseAddress(true);
      door.bind(new InetSocketAddress(InetAddress.getByName(HOST), from));
      doors.add(door);
      receiving.add(threads.submit(() -> receive(door, to)));
      return door.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void receive(ServerSocket door, int to) {
    try {
      while (true) {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getByName("127.0.0.1"), to);
        open.add(client);
        open.add(server);
        threads.execute(() -> copy(client, server, true));
        threads.execute(() -> copy(server, client, false));
      }
    } catch (IOException closed) {
      // the server is unreachable from now on
    }
  }

  private void copy(Socket from, Socket to, boolean up) {
    byte[] some = new byte[4096];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        if (up ? !spend(read) : !pass()) {
          return;
        }
        if (up) {
          out.write(some, 0, read);
        } else {
          answer(out, some, read);
        }
      }
    } catch (IOException closed) {
      // the other side has noticed
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private void answer(OutputStream out, byte[] bytes, int count) throws IOException {
    for (int at = 0; at < count; ) {
      int some = (int) Math.min(count - at, Math.max(0, fast.get() - received.get()));
      if (some == 0) {
        pause();
        some = 1;
      }
      received.addAndGet(some);
      out.write(bytes, at, some);
      at += some;
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException closed) {
      throw new IOException(closed);
    }
  }

  /** The number of bytes received from the server. */
  long received() {
    return received.get();
  }

  /** After a number of further bytes from the server, limits them to twenty per second. */
  void dripAfter(long bytes) {
    fast.set(bytes == WHOLE ? WHOLE : received.get() + bytes);
  }

  /** Counts bytes sent to the server; returns false if all connections are cut after them. */
  synchronized boolean spend(int bytes) {
    if (!pass()) {
      return false;
    }
    sent.addAndGet(bytes);
    messages++;
    holding = --messagesUntilHold == 0;
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.set(WHOLE);
    reset();
    return false;
  }

  /**
   * Cuts all connections after a number of further bytes to the server. A cut in progress completes
   * first and does not affect connections opened after this call.
   */
  synchronized void cutAfter(long bytes) {
    left.set(bytes);
  }

  /** Waits while everything is held; returns false if the connections were cut meanwhile. */
  private synchronized boolean pass() {
    boolean held = holding;
    try {
      while (holding) {
        wait();
      }
    } catch (InterruptedException end) {
      return false;
    }
    return !held;
  }

  /**
   * Lets a number of further messages reach the server, and holds everything after the response to
   * the last one.
   */
  synchronized void holdAfter(long more) {
    messagesUntilHold = more;
  }

  synchronized boolean isHolding() {
    return holding;
  }

  /** Cuts all connections and ends the hold. */
  synchronized void release() {
    messagesUntilHold = WHOLE;
    holding = false;
    reset();
    notifyAll();
  }

  /** The number of messages sent to the server. */
  synchronized long messages() {
    return messages;
  }

  /** The number of bytes sent to the server. */
  long sent() {
    return sent.get();
  }

  /** Makes the server unreachable. */
  void takeAway() {
    for (ServerSocket door : doors) {
      close(door);
    }
    doors.clear();
    receiving.forEach(Wire::awaitEnd); // until then connections may still be accepted
    receiving.clear();
    reset();
  }

  private static void awaitEnd(Future<?> work) {
    try {
      work.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the server reachable again. */
  void bringBack() {
    for (int[] pair : ports) {
      listen(pair[0], pair[1]);
    }
  }

  private void reset() {
    for (Socket socket : open) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException closed) {
        // it is closed
      }
      close(socket);
    }
    open.clear();
  }

  private static void close(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception closed) {
      // it is closed already
    }
  }

  @Override
  public void close() {
    takeAway();
    threads.shutdownNow();
  }
}
