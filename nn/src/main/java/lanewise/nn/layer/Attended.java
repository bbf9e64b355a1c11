package lanewise.nn.layer;

import lanewise.nn.Tensor;

/**
 * What an attention with one query gives.
 *
 * @param context the mean of the keys with the weights, or the key that was drawn: [batch, keySize]
 * @param weights of the keys, which add up to 1: [batch, keys]
 * @param logProbability the logarithm of the drawn key's weight, [batch]; null where none was drawn
 */
public record Attended(Tensor context, Tensor weights, Tensor logProbability) {}
