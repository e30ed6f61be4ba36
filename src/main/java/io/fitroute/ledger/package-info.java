/** The ledger, an SQLite file or a PostgreSQL database: its schema, its commits, and its copies. */
package io.fitroute.ledger;
