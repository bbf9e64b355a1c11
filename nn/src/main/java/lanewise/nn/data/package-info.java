/**
 * From files to batches. A {@link lanewise.nn.data.Dataset} knows samples by index; a {@link lanewise.nn.data.DataLoader}
 * puts them into batches, in an order that only seed and epoch decide. Batches are assembled on the calling thread;
 * reading ahead on another thread is not built yet.
 */
package lanewise.nn.data;
