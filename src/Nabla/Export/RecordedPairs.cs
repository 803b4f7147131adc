using System.Globalization;

namespace Nabla.Export;

/// <summary>Samples, what the model gives for them, and how far another order of sums may be from that.</summary>
/// <param name="Samples">As the model's user gives them: [10, ...].</param>
/// <param name="Outputs">What the model gave.</param>
/// <param name="Tolerance">The largest distance that rounding explains, with room.</param>
internal sealed record RecordedPairs(NDArray Samples, NDArray Outputs, double Tolerance)
{
    // The model's own distance from exact numbers is one throw of the dice; plain sums, longer than the model's, may throw a few times worse.
    private const double Room = 64;

    public static RecordedPairs Make(Model model, ModelMetadata metadata, NDArray? given)
    {
        Dims sample = model.InputType!.Dims[1..];
        NDArray samples = given is null ? RecordedSamples.Make(model, metadata) : Given(model, given, sample);
        NDArray scaled = Scale(samples, metadata);
        NDArray outputs = model.Predict(scaled, batchSize: 1);
        if (!DataScan.AllFinite(outputs))
        {
            throw new ArgumentException($"{model.ClassName} '{model.Name}': ToCSharp expected finite outputs for the recorded samples, received NaN or infinity. Did the training diverge? Look at the weights, or give samples of your own.");
        }

        double largest = 0;
        double distance = 0;
        for (int i = 0; i < outputs.Dims[0].Size; i++)
        {
            double[] exact = Exact(model, scaled[i..(i + 1)]);
            double[] found = outputs[i].AsType(DType.Float64).ToArray<double>();
            for (int j = 0; j < exact.Length; j++)
            {
                largest = Math.Max(largest, Math.Abs(found[j]));
                distance = Math.Max(distance, Math.Abs(found[j] - exact[j]));
            }
        }

        if (metadata.Schema?.Target is { Classes: null } target)
        {
            double[] inUnit = Array.ConvertAll(outputs.AsType(DType.Float64).ToArray<double>(), v => v * target.Scale + target.Mean);
            outputs = NDArray.Create<double>(inUnit, outputs.Dims).AsType(outputs.DType);
            (largest, distance) = (inUnit.Max(Math.Abs), distance * target.Scale);
        }

        double unit = outputs.DType == DType.Float32 ? Math.ScaleB(1, -23) : Math.ScaleB(1, -52);
        double tolerance = Room * Math.Max(distance, unit * Math.Max(largest, unit));
        return new RecordedPairs(samples, outputs, double.Parse(tolerance.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }

    private static NDArray Given(Model model, NDArray given, Dims sample)
    {
        if (given.Rank != sample.Rank + 1 || !given.Dims[1..].SameSizes(sample) || given.Dims[0].Size < RecordedSamples.Count)
        {
            throw new ArgumentException($"{model.ClassName} '{model.Name}': ToCSharp expected {RecordedSamples.Count} or more samples of dims {sample}, received {given.Type}.");
        }

        NDArray samples = given[..RecordedSamples.Count].AsType(model.InputType!.DType);
        return DataScan.NotFinite("Samples", samples) is { } problem ? throw new ArgumentException($"{model.ClassName} '{model.Name}': ToCSharp: {problem}") : samples;
    }

    // As the printed class does it: in double, then rounded to the model's type.
    private static NDArray Scale(NDArray samples, ModelMetadata metadata)
    {
        if (metadata.Scale is not { } scale)
        {
            return samples;
        }

        IReadOnlyList<double> offset = metadata.Offset ?? [0];
        double[] values = samples.AsType(DType.Float64).ToArray<double>();
        int count = samples.Count / samples.Dims[0].Size;
        for (int i = 0; i < values.Length; i++)
        {
            int column = i % count;
            values[i] = (values[i] * scale[column % scale.Count]) + offset[column % offset.Count];
        }

        return NDArray.Create<double>(values, samples.Dims).AsType(samples.DType);
    }

    private static double[] Exact(Model model, NDArray sample)
    {
        StepGraph step = model.Plans.Forward([sample.Type], 1, model.Threads).Step;
        DoubleNumbers math = DoubleNumbers.Instance;
        Value<double> x = Value<double>.From(sample, math);
        return new Interpreter<double>(math).Run(step.Graph, [x, .. step.Reads.Select(v => Value<double>.From(v.Value, math))])[0].Floats;
    }
}
