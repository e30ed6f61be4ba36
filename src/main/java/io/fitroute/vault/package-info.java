/** Encrypts secrets in the ledger with a key that is kept elsewhere. */
package io.fitroute.vault;
