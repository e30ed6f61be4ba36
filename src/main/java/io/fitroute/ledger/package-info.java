/** The ledger, an SQLite file or a PostgreSQL database: schema, commits and copies. */
package io.fitroute.ledger;
