/** Ways to come by a FIT file, tried one after the other until one yields a file. */
package io.fitroute.export;
