using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>A layer's numbers for the probe.</summary>
/// <param name="Product">Which layer.</param>
/// <param name="Features">What came in, [rows, inputs].</param>
/// <param name="Kernel">The weights as the product takes them: for each group a matrix [inputs, units].</param>
/// <param name="Gradient">The derivative of the loss by the weights.</param>
/// <param name="Bias">The bias; empty where there is none.</param>
internal sealed record ProductNumbers(RecordedProduct Product, Value<double> Features, double[] Kernel, double[] Gradient, double[] Bias)
{
    public int Inputs => Product.Matrix.TensorType.Dims[-2].Size;

    /// <summary>The units of a group.</summary>
    public int Units => Product.Matrix.TensorType.Dims[-1].Size;

    /// <summary>Matrices of which each looks at inputs of its own: 1 but for sums along named axes that input and output share.</summary>
    public int Groups => Kernel.Length / Math.Max(1, Inputs * Units);
}

/// <summary>An activation's numbers for the probe: a row a sample, or a place of a sample.</summary>
/// <param name="Gate">Which activation.</param>
/// <param name="Z">What goes in.</param>
/// <param name="A">What comes out.</param>
/// <param name="Delta">The derivative of the loss by what goes in.</param>
internal sealed record GateNumbers(RecordedGate Gate, double[] Z, double[] A, double[] Delta)
{
    public int Units => Gate.Z.TensorType.Dims[-1].Size;

    public int Rows => Z.Length / Math.Max(1, Units);

    /// <summary>The share of the rows for which something holds of a unit.</summary>
    public double Share(int unit, Func<int, bool> holds)
    {
        int count = 0;
        for (int row = 0; row < Rows; row++)
        {
            count += holds((row * Units) + unit) ? 1 : 0;
        }

        return Rows == 0 ? 0 : (double)count / Rows;
    }
}

/// <summary>What the graph of the step gives for the probe with the weights of one moment: computed by the interpreter in double.</summary>
internal sealed class Measurement
{
    private Measurement()
    {
    }

    /// <summary>Epochs trained before.</summary>
    public required int Epoch { get; init; }

    public required double Loss { get; init; }

    /// <summary>The length of all gradients together.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The length of all trainable weights together.</summary>
    public required double WeightNorm { get; init; }

    /// <summary>All gradients in a row.</summary>
    public required double[] Gradient { get; init; }

    public required IReadOnlyList<ProductNumbers> Products { get; init; }

    public required IReadOnlyList<GateNumbers> Gates { get; init; }

    /// <summary>The derivative of the loss by what each layer with weights computes with them, from the first layer on: its root of the mean square.</summary>
    public required IReadOnlyList<(string Layer, double Size)> Flow { get; init; }

    /// <summary>Measures with the model's weights as they are, or with other values.</summary>
    public static Measurement Take(ModelRecording recording, TrainingData probe, int seed, int epoch, Func<Variable, NDArray>? valueOf = null)
    {
        DoubleNumbers math = DoubleNumbers.Instance;
        ImmutableArray<Value<double>> inputs =
        [
            .. probe.All.Select(a => Value<double>.From(a, math)),
            Value<double>.OfIntegers(TensorType.Scalar(DType.Int64), [seed]),
            .. recording.Reads.Select(v => Value<double>.From(valueOf?.Invoke(v) ?? v.Value, math)),
        ];
        Dictionary<Node, Value<double>> values = new Interpreter<double>(math).Trace(recording.Graph, inputs);
        Dictionary<Variable, double[]> weights = new(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < recording.Reads.Count; i++)
        {
            if (recording.Reads[i].Type.DType.IsFloat)
            {
                weights[recording.Reads[i]] = inputs[recording.Given + i].Floats;
            }
        }

        Dictionary<Variable, double[]> gradients = new(ReferenceEqualityComparer.Instance);
        foreach ((Variable weight, Node gradient) in recording.Gradients)
        {
            gradients[weight] = values[gradient].Floats;
        }

        double[] all = [.. recording.Gradients.SelectMany(g => gradients[g.Weight])];
        return new Measurement
        {
            Epoch = epoch,
            Loss = values[recording.Loss].Floats[0],
            Gradient = all,
            GradientNorm = Math.Sqrt(all.Sum(g => g * g)),
            WeightNorm = Math.Sqrt(recording.Gradients.Sum(g => weights.TryGetValue(g.Weight, out double[]? w) ? w.Sum(v => v * v) : 0)),
            Flow = [.. recording.Flow.Select(f => (f.Layer, Figures.Rms(values[recording.Deltas[f.Node]].Floats)))],
            Products =
            [
                .. recording.Products.Select(p => new ProductNumbers(
                    p, values[p.Features], values[p.Matrix].Floats, values[recording.Deltas[p.Matrix]].Floats, p.Bias is null ? [] : weights[p.Bias])),
            ],
            Gates = [.. recording.Gates.Select(g => new GateNumbers(g, values[g.Z].Floats, values[g.A].Floats, values[recording.Deltas[g.Z]].Floats))],
        };
    }
}
