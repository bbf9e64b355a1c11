/** How native libraries are found and started. */
package lanewise.bench.peers;
