/**
 * Normalizations: elements less their mean, divided by their standard deviation, then scaled and shifted. Statistics are taken of
 * differences to the rounded mean, so that a large mean costs no digits of a small deviation; backward passes take them again
 * instead of reading them, since a row that is in cache is cheaper than a rounded statistic is accurate.
 */
package lanewise.kernels.normalization;
