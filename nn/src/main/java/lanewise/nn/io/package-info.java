/**
 * Files. Writers leave the old file or the new one, never half of one; readers trust nothing and answer a bad file with an
 * {@link lanewise.nn.io.UnreadableFileException} that says in a sentence what is wrong.
 */
package lanewise.nn.io;
