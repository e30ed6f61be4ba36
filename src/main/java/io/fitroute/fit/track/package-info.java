/** What a FIT file of an activity needs to be computed from its points, whoever recorded them. */
package io.fitroute.fit.track;
