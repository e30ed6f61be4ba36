package io.fitroute.strava.export;

import io.fitroute.system.SystemServices;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Lets one at a time try a credential of which it is not known whether it works; the others wait
 * for what comes out. So a credential that does not work costs one request, however many need it at
 * the same moment.
 */
final class CredentialTrials {

  private final SystemServices services;
  private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
  private final Set<String> proven = ConcurrentHashMap.newKeySet();
  private final Map<String, String> unanswered = new ConcurrentHashMap<>();

  CredentialTrials(SystemServices services) {
    this.services = services;
  }

  /** A turn at trying a credential; to be closed when it is over. */
  interface Trial extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for the turn to try a credential, unless it is known to work.
   *
   * @param credential names it
   */
  Trial begin(String credential) throws InterruptedException {
    if (proven.contains(credential)) {
      return () -> {};
    }
    Semaphore turn = turns.computeIfAbsent(credential, name -> new Semaphore(1));
    services.acquire(turn);
    return turn::release;
  }

  /** Notes that a credential works. */
  void worked(String credential) {
    proven.add(credential);
    unanswered.remove(credential);
  }

  /**
   * Notes an activity for which a credential brought neither a file nor a clear refusal.
   *
   * @return whether it is the only one since the credential last worked
   */
  boolean isOnlyOne(String credential, String activityId) {
    String first = unanswered.putIfAbsent(credential, activityId);
    return first == null || first.equals(activityId);
  }

  /** Notes that a credential does not work, or no longer. */
  void failed(String credential) {
    proven.remove(credential);
    unanswered.remove(credential);
  }
}
