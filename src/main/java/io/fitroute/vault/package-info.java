/** How secrets lie in the ledger: encrypted, with a key that lies elsewhere. */
package io.fitroute.vault;
