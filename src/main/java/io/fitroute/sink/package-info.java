/** How each kind of sink stores files, and what all of them share. */
package io.fitroute.sink;
