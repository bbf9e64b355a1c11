/** Texts from models that predict the next token: greedy, sampled, and by beam search. */
package lanewise.nn.decoding;
