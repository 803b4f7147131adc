namespace Nabla;

/// <summary>
/// Two or more inputs made one, element by element. Sizes of 1 are repeated; where an input has fewer axes, they are taken to be missing behind
/// the batch.
/// </summary>
/// <example><code>
/// foreach (Layer layer in model.Layers.OfType&lt;ElementwiseMerge&gt;()) Console.WriteLine(layer.Name);
/// </code></example>
public abstract class ElementwiseMerge : MergingLayer
{
    private protected ElementwiseMerge(string? name, DType? dtype)
        : base(name, dtype)
    {
    }

    /// <summary>How many inputs there must be; null for two or more.</summary>
    private protected virtual int? Exactly => null;

    /// <summary>Two inputs, or what came of those before and the next, made one.</summary>
    private protected abstract Tensor Merge(Tensor left, Tensor right);

    /// <summary>What is done with the result of all inputs.</summary>
    private protected virtual Tensor Finish(Tensor merged, int inputs) => merged;

    /// <inheritdoc/>
    protected sealed override Tensor Call(IReadOnlyList<Tensor> inputs, CallContext context)
    {
        if (Exactly is { } count ? inputs.Count != count : inputs.Count < 2)
        {
            throw Error($"expected {(Exactly is { } n ? $"{n}" : "2 or more")} inputs, received {inputs.Count}: {Types(inputs)}.");
        }

        int rank = inputs.Max(i => i.Dims.Rank);
        Tensor[] aligned = [.. inputs.Select(i => Aligned(i, rank))];
        for (int axis = 0; axis < rank; axis++)
        {
            int[] sizes = [.. aligned.Select(a => a.Dims[axis].Size).Where(s => s != 1).Distinct()];
            if (sizes.Length > 1)
            {
                throw Error($"expected inputs whose sizes agree or are 1 on every axis, received {Types(inputs)}: {string.Join(" and ", sizes)} on axis {axis}. Bring them to one size with a Dense or Reshape layer, or put them side by side with Concatenate.");
            }
        }

        return Finish(aligned.Aggregate(Merge), aligned.Length);
    }

    /// <inheritdoc/>
    protected internal sealed override void WriteConfig(ConfigWriter config)
    {
    }

    private static string Types(IReadOnlyList<Tensor> inputs) => string.Join(", ", inputs.Select(i => i.Type));

    private static Tensor Aligned(Tensor input, int rank) => input.Dims.Rank is 0 || input.Dims.Rank == rank
        ? input
        : input.Reshape([input.Dims[0], .. Enumerable.Repeat(new Dim(1), rank - input.Dims.Rank), .. input.Dims[1..]]);
}
