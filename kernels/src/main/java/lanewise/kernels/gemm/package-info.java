/**
 * General matrix product, {@link lanewise.kernels.gemm.Gemm}: alpha, beta, both transposes, leading dimensions, offsets,
 * batches, weights packed before, bias and activation.
 *
 * <p>
 * The structure is that of GotoBLAS and BLIS. From the outside in (the last two, which convolutions use too, are in an
 * internal package):
 *
 * <pre>
 * Gemm              checks; C = beta C; one row or column: VectorProduct and MatrixVector
 *   BlockedGemm     blocks of columns, of depth (B is packed), tasks of a block of rows, panels of B
 *     PanelProduct  the rows of a block times one panel of B: which micro-kernel for the rows and columns left
 *       …Tile       micro-kernels: 5 rows times 2 vectors (16 registers) or 4 (32 registers), and the smaller ones
 * </pre>
 *
 * <p>
 * A panel of B is two or four vectors wide and lies in memory row after row, so that a micro-kernel reads it from its
 * beginning to its end. Rows of A are read where they are, unless A is transposed or scaled (decision 0009). Small products
 * are not packed at all.
 *
 * <p>
 * Every element of C is one chain of fused multiply-adds over k, begun at 0 or at beta · C and continued through C from
 * one block of depth to the next. So neither tiles nor blocks nor threads change a bit: decisions 0002 and 0004.
 */
package lanewise.kernels.gemm;
