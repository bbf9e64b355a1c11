/** Scaled dot-product attention and rotary positions. */
package lanewise.kernels.attention;
