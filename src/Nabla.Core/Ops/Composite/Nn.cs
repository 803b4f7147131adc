namespace Nabla;

/// <summary>
/// The functions that networks are made of, with Keras' argument names and defaults. Plain functions over ops: they have no derivative rule
/// of their own, and what they are made of can be printed and traced. NaN in gives NaN out.
/// </summary>
/// <remarks>
/// Functions with kinks hold a constant in the branch that is not taken, so that its derivative cannot poison the other (0 · ∞).
/// </remarks>
/// <example><code>
/// NDArray probabilities = Nn.Softmax(new[] { 1.0, 2.0, 3.0 });   // an array: run at once
/// Tensor hidden = Nn.Gelu(input);   // a symbolic tensor: written into its graph
/// </code></example>
public static class Nn
{
    /// <summary>x.</summary>
    public static Tensor Linear(Tensor x) => x;

    /// <summary>
    /// x above the threshold and <paramref name="negativeSlope"/>·(x - threshold) below, then at most <paramref name="maxValue"/>.
    /// The derivative at the threshold is 0 (for a plain leaky one, the slope), at the maximum 1.
    /// </summary>
    public static Tensor Relu(Tensor x, double negativeSlope = 0, double? maxValue = null, double threshold = 0) =>
        Rectifiers.Relu(x, negativeSlope, maxValue, threshold);

    /// <summary>x held between 0 and 6; the derivative at both ends is 0.</summary>
    public static Tensor Relu6(Tensor x) => Rectifiers.Relu6(x);

    /// <summary>x above 0 and <paramref name="negativeSlope"/>·x up to it. Keras' layer of this name has the default 0.3.</summary>
    public static Tensor LeakyRelu(Tensor x, double negativeSlope = 0.2) => Rectifiers.LeakyRelu(x, negativeSlope, "leaky_relu");

    /// <summary>x above 0 and alpha·(e^x - 1) up to it.</summary>
    public static Tensor Elu(Tensor x, double alpha = 1) => Rectifiers.Elu(x, alpha);

    /// <summary>1.0507...·elu(x, 1.6732...): keeps mean 0 and variance 1 through deep networks.</summary>
    public static Tensor Selu(Tensor x) => Rectifiers.Selu(x);

    /// <summary>x above 0 and alpha·(e^(x/alpha) - 1) up to it: smooth for any alpha.</summary>
    public static Tensor Celu(Tensor x, double alpha = 1) => Rectifiers.Celu(x, alpha);

    /// <summary>1 / (1 + e^-x).</summary>
    public static Tensor Sigmoid(Tensor x) => x.Sigmoid();

    /// <summary>The hyperbolic tangent.</summary>
    public static Tensor Tanh(Tensor x) => x.Tanh();

    /// <summary>e^x.</summary>
    public static Tensor Exponential(Tensor x) => x.Exp();

    /// <summary>log(1 + e^x), without overflow.</summary>
    public static Tensor Softplus(Tensor x) => x.Softplus();

    /// <summary>x / (1 + |x|).</summary>
    public static Tensor Softsign(Tensor x) => Gates.Softsign(x);

    /// <summary>x·Φ(x), where Φ is the normal distribution function; or, <paramref name="approximate"/>, its tanh approximation.</summary>
    public static Tensor Gelu(Tensor x, bool approximate = false) => Gates.Gelu(x, approximate);

    /// <summary>x·sigmoid(x), also called swish.</summary>
    public static Tensor Silu(Tensor x) => Gates.Silu(x);

    /// <summary>x·tanh(softplus(x)).</summary>
    public static Tensor Mish(Tensor x) => Gates.Mish(x);

    /// <summary>relu6(x + 3) / 6.</summary>
    public static Tensor HardSigmoid(Tensor x) => Gates.HardSigmoid(x);

    /// <summary>x·hardSigmoid(x), also called hard swish.</summary>
    public static Tensor HardSilu(Tensor x) => Gates.HardSilu(x);

    /// <summary>log(sigmoid(x)), without overflow.</summary>
    public static Tensor LogSigmoid(Tensor x) => Gates.LogSigmoid(x);

    /// <summary>x held between -1 and 1.</summary>
    public static Tensor HardTanh(Tensor x) => Gates.HardTanh(x);

    /// <summary>(x + √(x² + b)) / 2.</summary>
    public static Tensor Squareplus(Tensor x, double b = 4) => Gates.Squareplus(x, b);

    /// <summary>The axis cut in two halves a and b: a·sigmoid(b).</summary>
    public static Tensor Glu(Tensor x, int axis = -1) => Gates.Glu(x, axis);

    /// <summary>x - tanh(x).</summary>
    public static Tensor TanhShrink(Tensor x) => Shrinks.TanhShrink(x);

    /// <summary>x drawn towards 0 by the threshold, and 0 within it.</summary>
    public static Tensor SoftShrink(Tensor x, double threshold = 0.5) => Shrinks.SoftShrink(x, threshold);

    /// <summary>x, and 0 where |x| is at most the threshold.</summary>
    public static Tensor HardShrink(Tensor x, double threshold = 0.5) => Shrinks.HardShrink(x, threshold);

    /// <summary>x above the threshold, else <paramref name="defaultValue"/>.</summary>
    public static Tensor Threshold(Tensor x, double threshold, double defaultValue) => Shrinks.Threshold(x, threshold, defaultValue);

    /// <summary>0 up to -1, x from 1 on, (x + 1)²/4 between.</summary>
    public static Tensor SparsePlus(Tensor x) => Shrinks.SparsePlus(x);

    /// <summary>(x + 1)/2 held between 0 and 1.</summary>
    public static Tensor SparseSigmoid(Tensor x) => Shrinks.SparseSigmoid(x);

    /// <summary>e^x over an axis, divided by its sum: positive numbers that add up to 1. Shifted by the largest, so without overflow.</summary>
    public static Tensor Softmax(Tensor x, int axis = -1) => Softmaxes.Softmax(x, axis);

    /// <summary>log(softmax(x)), without overflow.</summary>
    public static Tensor LogSoftmax(Tensor x, int axis = -1) => Softmaxes.LogSoftmax(x, axis);

    /// <summary>log(Σ e^x) over an axis, without overflow.</summary>
    public static Tensor LogSumExp(Tensor x, int axis = -1, bool keepDims = false) => Softmaxes.LogSumExp(x, axis, keepDims);

    /// <summary>
    /// Keras' sparsemax: max(x - τ, 0) over an axis, many of them exactly 0. Keras takes τ from the sum of all running sums of the support,
    /// which is the projection on the simplex only where one element or nearly equal ones near 0 support it; the value is kept.
    /// </summary>
    public static Tensor Sparsemax(Tensor x, int axis = -1) => Softmaxes.Sparsemax(x, axis);

    /// <summary>
    /// Binary cross-entropy of each element from its logit z and target y, as max(z, 0) - z·y + log(1 + e^-|z|): finite for any z,
    /// with the derivative sigmoid(z) - y.
    /// </summary>
    public static Tensor BinaryCrossentropyFromLogits(Tensor target, Tensor logits) => CrossEntropies.Binary(target, logits);

    /// <summary>-Σ y·log(softmax(z)) over an axis, which vanishes: cross-entropy from logits z and target probabilities y.</summary>
    public static Tensor CategoricalCrossentropyFromLogits(Tensor target, Tensor logits, int axis = -1) =>
        CrossEntropies.Categorical(target, logits, axis);

    /// <summary>
    /// log(Σ e^z) - z[label] over the last axis: cross-entropy from logits [.., classes] and whole-number labels [..].
    /// Where a label is outside, the loss is NaN.
    /// </summary>
    public static Tensor SparseCategoricalCrossentropyFromLogits(Tensor labels, Tensor logits) => CrossEntropies.Sparse(labels, logits);

    /// <summary>The probabilities of an array of logits: <see cref="Softmax(Tensor, int)"/>, run at once.</summary>
    public static NDArray Softmax(NDArray x, int axis = -1) => Eager.Run(t => Softmax(t, axis), x.AsType(Promotion.Float(x.DType)));

    /// <summary>The logarithms of the probabilities of an array of logits, run at once.</summary>
    public static NDArray LogSoftmax(NDArray x, int axis = -1) => Eager.Run(t => LogSoftmax(t, axis), x.AsType(Promotion.Float(x.DType)));

    /// <summary>The larger of 0 and x for an array, run at once.</summary>
    public static NDArray Relu(NDArray x) => Eager.Run(static t => Relu(t), x.AsType(Promotion.Float(x.DType)));

    /// <summary>1 / (1 + exp(-x)) for an array, run at once.</summary>
    public static NDArray Sigmoid(NDArray x) => x.Sigmoid();
}
