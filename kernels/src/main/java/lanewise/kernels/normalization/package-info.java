/**
 * Normalizations: elements less their mean, divided by their standard deviation, then scaled and shifted. Statistics are taken of
 * differences to the rounded mean, so that a large mean costs no digits of a small deviation; forward passes keep three numbers
 * of each row or channel for the backward pass: a rounded mean alone would cost the digits again.
 */
package lanewise.kernels.normalization;
