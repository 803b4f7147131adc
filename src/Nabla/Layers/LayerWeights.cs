namespace Nabla;

/// <summary>All weights of a layer or model at once, as arrays.</summary>
/// <example><code>
/// IReadOnlyList&lt;NDArray&gt; weights = model.GetWeights();
/// model.SetWeights(weights);
/// var (kernel, bias) = model.Layers[^1].GetWeights();
/// </code></example>
public static class LayerWeights
{
    extension(Layer layer)
    {
        /// <summary>Copies of all weights, in order: <c>[kernel, bias]</c> for a Dense layer.</summary>
        public IReadOnlyList<NDArray> GetWeights() => [.. layer.Weights.Select(w => w.Value)];

        /// <summary>Overwrites all weights; values are converted to the weights' element types.</summary>
        /// <param name="values">As many arrays as there are weights, of their dims, in the order of <see cref="GetWeights"/>.</param>
        /// <exception cref="ShapeException">A number or dims that do not fit; no weight is changed, and every mismatch is named.</exception>
        public void SetWeights(IReadOnlyList<NDArray> values)
        {
            IReadOnlyList<Variable> weights = layer.Weights;
            if (values.Count != weights.Count)
            {
                throw layer.Error($"expected {weights.Count} weight arrays ({string.Join(", ", weights)}), received {values.Count}.{(layer.Built ? "" : " The layer is not built yet: call it, fit its model, or say the dims of a sample first.")}");
            }

            string[] misfits = [.. weights.Zip(values).Where(p => !p.First.Type.Dims.SameSizes(p.Second.Dims)).Select(p => $"{p.First} received {p.Second.Type}")];
            if (misfits.Length > 0)
            {
                throw layer.Error($"expected weight arrays of the weights' dims, but {string.Join("; ", misfits)}. Nothing was changed. Is the order that of GetWeights, and is a kernel transposed?");
            }

            for (int i = 0; i < weights.Count; i++)
            {
                weights[i].Assign(values[i]);
            }
        }
    }

    /// <summary>Two weights, such as those of a Dense layer: <c>var (kernel, bias) = layer.GetWeights();</c></summary>
    /// <exception cref="InvalidOperationException">There are not two.</exception>
    public static void Deconstruct(this IReadOnlyList<NDArray> weights, out NDArray kernel, out NDArray bias)
    {
        ArgumentNullException.ThrowIfNull(weights);
        (kernel, bias) = weights.Count == 2
            ? (weights[0], weights[1])
            : throw new InvalidOperationException($"Weights: expected two arrays to take apart, received {weights.Count}{(weights.Count == 0 ? "" : $" ({string.Join(", ", weights.Select(w => w.Type))})")}. {(weights.Count == 0 ? "Is the layer built? Say the dims of a sample first, or fit its model" : "Take them by place: weights[0]")}.");
    }
}
