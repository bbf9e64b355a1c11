/** What was measured, as a table and as JSON. */
package lanewise.bench.report;
