package io.fitroute.notice;

import java.time.Instant;

/**
 * Something the user should know and can mend.
 *
 * @param subject what it is about; there is one notice a subject
 * @param summary one line for everybody's eyes: no addresses, no names, no secrets
 * @param detail one line for the operator: what is wrong, and what to do
 * @param since when it was noticed
 */
public record Notice(String subject, String summary, String detail, Instant since) {}
