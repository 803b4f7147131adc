namespace Nabla;

/// <summary>The axes of one sample over which layers normalize.</summary>
internal static class NormalizationAxes
{
    extension(Layer layer)
    {
        /// <summary>The axes counted from the front, after checking that they are there, are different, and leave out the batch.</summary>
        public Axes SampleAxes(TensorType input, Axes axes)
        {
            int rank = input.Dims.Rank;
            Axes resolved = [.. axes.Select(a => a < 0 ? a + rank : a)];
            return resolved.Count > 0 && resolved.Distinct().Count() == resolved.Count && resolved.All(a => a > 0 && a < rank)
                ? resolved
                : throw layer.Error($"expected axis to name different axes from 1 to {rank - 1}, or from {1 - rank} to -1, received {(axes.Count == 1 ? LogText.Exact(axes[0]) : axes)} for an input of {input}. Axis 0 is the batch.");
        }
    }

    extension(Dims dims)
    {
        /// <summary>Dims of 1 but at some axes, which keep their sizes: what a weight of those axes is reshaped to beside a value.</summary>
        public Dims Beside(Axes axes) => [.. dims.Select((d, axis) => axes.Contains(axis) ? new Dim(d.Size) : 1)];
    }
}
