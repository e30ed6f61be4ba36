/** Workouts without a running service: the same routes on AWS Lambda. */
package io.fitroute.lambda;
