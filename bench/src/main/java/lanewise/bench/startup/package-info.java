/** How long a new process takes to full speed. */
package lanewise.bench.startup;
