namespace Nabla.Explain;

/// <summary>What a model answered on samples whose labels are known: probabilities of classes, or quantities.</summary>
/// <param name="IsClasses">Whether classes are told apart.</param>
/// <param name="ClassNames">What they are called; empty for quantities.</param>
/// <param name="Columns">Probabilities or quantities a sample.</param>
/// <param name="Given">The answers, row by row.</param>
/// <param name="Truth">The class of each sample, or the true quantities, row by row.</param>
internal sealed record TestedAnswers(bool IsClasses, IReadOnlyList<string> ClassNames, int Columns, double[] Given, double[] Truth)
{
    public int Count => Given.Length / Columns;

    /// <summary>The most likely class of a sample; the first of equals.</summary>
    public int Class(int row) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax(Given.AsSpan(row * Columns, Columns));

    /// <summary>Reads outputs as the compiled loss takes them.</summary>
    public static TestedAnswers Of(Compilation compilation, TrainingData data, NDArray outputs, TrainingReportOptions options)
    {
        Loss loss = compilation.Goals[0].Loss!.Resolve(data.Y[0].Type, outputs.Type);
        double[] given = outputs.AsType(DType.Float64).ToArray<double>();
        double[] truth = data.Y[0].AsType(DType.Float64).ToArray<double>();
        int columns = Math.Max(1, given.Length / data.Count);
        bool isBinary = loss is BinaryCrossentropy && columns == 1;
        bool isOneHot = loss is CategoricalCrossentropy && truth.Length == given.Length;
        if (!loss.TakesClasses && !isBinary && !isOneHot)
        {
            double[] InUnits(double[] values) => Array.ConvertAll(values, v => (v * options.Scale) + options.Mean);
            return new TestedAnswers(false, [], columns, InUnits(given), InUnits(truth));
        }

        if (isBinary)
        {
            // One output is the probability of the second of two classes.
            given = [.. given.Select(v => loss.TakesLogits == true ? 1 / (1 + Math.Exp(-v)) : v).SelectMany(p => new[] { 1 - p, p })];
            truth = Array.ConvertAll(truth, v => v > 0.5 ? 1.0 : 0);
            columns = 2;
        }
        else
        {
            for (int row = 0; row < data.Count && loss.TakesLogits == true; row++)
            {
                Span<double> own = given.AsSpan(row * columns, columns);
                System.Numerics.Tensors.TensorPrimitives.SoftMax<double>(own.ToArray(), own);
            }

            truth = isOneHot
                ? [.. Enumerable.Range(0, data.Count).Select(i => (double)System.Numerics.Tensors.TensorPrimitives.IndexOfMax<double>(truth.AsSpan(i * columns, columns)))]
                : Array.ConvertAll(truth, v => v - loss.LabelBase);
        }

        string[] names = [.. Enumerable.Range(0, columns).Select(i => options.ClassNames is { } said && i < said.Count ? said[i] : i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        return new TestedAnswers(true, names, columns, given, truth);
    }
}
