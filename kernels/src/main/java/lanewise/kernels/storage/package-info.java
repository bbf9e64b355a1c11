/**
 * Formats in which numbers are kept, not computed: bfloat16, float16 (IEEE binary16) and int8 with a scale, converted to float32 and
 * back.
 */
package lanewise.kernels.storage;
