package io.fitroute.notice;

import java.time.Instant;

/**
 * A problem that the user should know of and can resolve.
 *
 * @param subject what it is about; each subject has at most one notice
 * @param summary one line that anybody may see: no addresses, names or secrets
 * @param detail one line for the operator: what is wrong and what to do
 * @param since when it was noticed
 */
public record Notice(String subject, String summary, String detail, Instant since) {}
