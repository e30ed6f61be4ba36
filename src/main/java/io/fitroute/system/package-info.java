/** Time, threads, random numbers and waiting, from one place that a test can replace. */
package io.fitroute.system;
