/** How contestants are measured side by side, whatever the family: processes, protocol, schedule, samples. */
package lanewise.bench.contest;
