/** Imports activities from files: Strava's bulk export, folders and single files. */
package io.fitroute.archive;
