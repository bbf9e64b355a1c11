/** The loop that trains a classifier, and what it tells about its progress. */
package lanewise.examples.training;
