using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>
/// How often each class, the row, was taken for each class, the column; printed as a table. Labels may be class numbers or one-hot, outputs class
/// numbers, one-hot, probabilities or logits; for two classes also one probability a sample. In a history it stands as the share on the diagonal.
/// </summary>
/// <param name="numClasses">How many classes there are.</param>
/// <param name="classNames">The classes' names for the table; their numbers where it is null.</param>
/// <param name="threshold">What one output a sample must exceed to be class 1 of two: 0.5 for probabilities, 0 for logits.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// ConfusionMatrix matrix = new(numClasses: 3, classNames: ["setosa", "versicolor", "virginica"]);
/// matrix.UpdateState(new[] { 0, 1, 2 }, new[] { 0, 2, 2 });
/// Console.WriteLine(matrix);
/// </code></example>
public sealed class ConfusionMatrix(int numClasses, IReadOnlyList<string>? classNames = null, double threshold = 0.5, string name = "confusion_matrix")
    : ConfusionMatrixMetric(nameof(ConfusionMatrix), numClasses, name)
{
    /// <summary>The classes' names for the table.</summary>
    public IReadOnlyList<string> ClassNames { get; } = classNames is null || classNames.Count == numClasses
        ? classNames ?? [.. Enumerable.Range(0, numClasses).Select(i => i.ToString(CultureInfo.InvariantCulture))]
        : throw new ArgumentException($"ConfusionMatrix: expected {numClasses} classNames, received {classNames.Count}.", nameof(classNames));

    /// <summary>What one output a sample must exceed to be class 1 of two.</summary>
    public double Threshold { get; } = threshold;

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    protected internal override NDArray Result(IReadOnlyList<NDArray> state) => state[0];

    internal override double Scalar(IReadOnlyList<NDArray> state)
    {
        double[,] matrix = state[0].ToArray2D<double>();
        double diagonal = 0;
        double all = 0;
        foreach ((int row, int column) in Cells())
        {
            all += matrix[row, column];
            diagonal += row == column ? matrix[row, column] : 0;
        }

        return SampleWeights.Ratio(diagonal, all);
    }

    /// <summary>The table: a row for each true class, a column for each predicted one.</summary>
    public override string ToString()
    {
        NDArray result = ResultArray();
        double[,] matrix = result.Rank == 2 ? result.ToArray2D<double>() : new double[NumClasses, NumClasses];
        string[,] cells = new string[NumClasses, NumClasses];
        int width = ClassNames.Max(n => n.Length);
        foreach ((int row, int column) in Cells())
        {
            cells[row, column] = matrix[row, column].ToString("0.####", CultureInfo.InvariantCulture);
            width = Math.Max(width, cells[row, column].Length);
        }

        const string Corner = "true \\ predicted";
        int first = Math.Max(Corner.Length, ClassNames.Max(n => n.Length));
        StringBuilder text = new(Corner.PadRight(first));
        foreach (string className in ClassNames)
        {
            text.Append("  ").Append(className.PadLeft(width));
        }

        for (int row = 0; row < NumClasses; row++)
        {
            text.Append('\n').Append(ClassNames[row].PadRight(first));
            for (int column = 0; column < NumClasses; column++)
            {
                text.Append("  ").Append(cells[row, column].PadLeft(width));
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integer("num_classes", NumClasses);
        config.Texts("class_names", ClassNames);
        config.Number("threshold", Threshold);
    }

    internal static ConfusionMatrix Read(ConfigReader c) =>
        new(c.RequiredInteger("num_classes"), c.Texts("class_names"), c.Number("threshold", 0.5), c.Text("name", "confusion_matrix"));

    private protected override (Tensor Actual, Tensor Predicted) Classes(Tensor yTrue, Tensor yPred)
    {
        bool rows = yPred.Dims.Rank >= 2 && yPred.Dims[-1].Size == NumClasses;
        Tensor predicted = rows ? yPred.ArgMax(-1)
            : NumClasses == 2 && yPred.DType.IsFloat ? yPred.GreaterThan(Threshold)
            : yPred;

        // Labels of the outputs' dims are one-hot where the outputs are rows of classes.
        bool oneHot = yTrue.Dims.Rank >= 2 && yTrue.Dims[-1].Size == NumClasses && (yTrue.Dims.SameSizes(yPred.Dims) ? rows : yTrue.Dims.Rank > predicted.Dims.Rank);
        return (oneHot ? yTrue.ArgMax(-1) : yTrue, predicted);
    }

    private IEnumerable<(int Row, int Column)> Cells() => Enumerable.Range(0, NumClasses * NumClasses).Select(i => (i / NumClasses, i % NumClasses));
}
