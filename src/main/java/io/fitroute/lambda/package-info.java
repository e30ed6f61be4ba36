/** Workouts without a service of one's own: the same routes on AWS Lambda. */
package io.fitroute.lambda;
