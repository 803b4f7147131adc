namespace Nabla;

/// <summary>What the crossentropies share: clipped probabilities, and logits normalised in their stable form.</summary>
internal static class Probabilities
{
    /// <summary>Keras' epsilon. Probabilities are held this far from 0 and 1 before a logarithm is taken.</summary>
    public static readonly Rational Epsilon = 1e-7;

    public static Tensor Clipped(Tensor p) => p.Clip(Epsilon, 1 - Epsilon);

    /// <summary>log of probabilities over the axis of the classes: of their share of the row's sum, or of the softmax of logits without computing it.</summary>
    public static Tensor Log(Tensor output, bool fromLogits, int axis = -1) =>
        fromLogits ? Nn.LogSoftmax(output, axis) : Clipped(output / output.Sum(axis, keepDims: true)).Log();

    /// <summary>Labels moved towards the middle: y(1 - s) + s/classes.</summary>
    public static Tensor Smoothed(Tensor labels, double smoothing, Rational share) =>
        smoothing == 0 ? labels : labels * (1 - (Rational)smoothing) + (Rational)smoothing * share;

    /// <summary>Whether class numbers [..] equal each of the classes [.., count].</summary>
    public static Tensor IsClass(Tensor labels, int count)
    {
        Dims dims = [.. labels.Dims, count];
        Tensor classes = labels.Builder.Iota(dims, dims.Rank - 1, DType.Int32);
        return classes.EqualTo(labels.Cast(DType.Int32).Reshape([.. labels.Dims, 1]).BroadcastTo(dims));
    }

    /// <summary>-y log p - (1 - y) log(1 - p), element by element.</summary>
    public static Tensor BinaryCrossentropy(Tensor y, Tensor p)
    {
        p = Clipped(p);
        return -(y * p.Log() + (1 - y) * (1 - p).Log());
    }

    public static double CheckedGamma(string who, double gamma) => gamma >= 0 && double.IsFinite(gamma)
        ? gamma
        : throw new ArgumentOutOfRangeException(nameof(gamma), gamma, $"{who}: expected a gamma of 0 or more, such as 2.");

    public static double CheckedSmoothing(string who, double smoothing) => smoothing is >= 0 and <= 1
        ? smoothing
        : throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, $"{who}: expected a labelSmoothing from 0 to 1.");
}
