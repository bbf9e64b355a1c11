/** Tests of jcstress: rare interleavings of the threads of {@link lanewise.kernels.Workers}. */
package lanewise.stress;
