using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Fitting on rows of your own type: say how a row becomes numbers, and what its label is.</summary>
/// <example><code>
/// (double Area, int Rooms, double Price)[] houses = [(80, 3, 240), (120, 5, 390)];
/// Sequential prices = new([new Dense(1)]);
/// prices.Compile("adam", "mse");
/// prices.Fit(houses, h => [h.Area, h.Rooms], h => h.Price, new FitOptions { Epochs = 10, Verbose = 0 });
/// </code></example>
public static class ModelRows
{
    extension(Model model)
    {
        /// <summary>Learns from rows: <c>model.Fit(houses, h => [h.Area, h.Rooms], h => h.Price)</c>.</summary>
        /// <param name="rows">The rows; they are gone through once and held as numbers.</param>
        /// <param name="features">A row's numbers, the same count for every row.</param>
        /// <param name="label">A row's label: a number, or the number of its class.</param>
        /// <param name="options">How; Keras' defaults where null.</param>
        /// <param name="cancellationToken">Ends the training after the current step.</param>
        /// <exception cref="TrainingDataException">No rows, or rows of different lengths.</exception>
        [OverloadResolutionPriority(1)]
        public History Fit<TRow>(IEnumerable<TRow> rows, Func<TRow, double[]> features, Func<TRow, double> label, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            model.Learn(rows, features, r => [label(r)], options, cancellationToken);

        /// <summary>The same for features in float32: <c>r => new float[] { ... }</c>.</summary>
        /// <param name="rows">The rows.</param>
        /// <param name="features">A row's numbers.</param>
        /// <param name="label">A row's label.</param>
        /// <param name="options">How; Keras' defaults where null.</param>
        /// <param name="cancellationToken">Ends the training after the current step.</param>
        public History Fit<TRow>(IEnumerable<TRow> rows, Func<TRow, float[]> features, Func<TRow, double> label, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            model.Learn(rows, r => Array.ConvertAll(features(r), v => (double)v), r => [label(r)], options, cancellationToken);

        /// <summary>The same for features in a tuple: <c>r => (r.Area, r.Rooms)</c>.</summary>
        /// <param name="rows">The rows.</param>
        /// <param name="features">A row's numbers.</param>
        /// <param name="label">A row's label.</param>
        /// <param name="options">How; Keras' defaults where null.</param>
        /// <param name="cancellationToken">Ends the training after the current step.</param>
        public History Fit<TRow>(IEnumerable<TRow> rows, Func<TRow, ITuple> features, Func<TRow, double> label, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            model.Learn(rows, r => Numbers(features(r)), r => [label(r)], options, cancellationToken);

        /// <summary>The same for labels of several numbers: one a class, or one an answer.</summary>
        /// <param name="rows">The rows.</param>
        /// <param name="features">A row's numbers.</param>
        /// <param name="labels">A row's labels.</param>
        /// <param name="options">How; Keras' defaults where null.</param>
        /// <param name="cancellationToken">Ends the training after the current step.</param>
        public History Fit<TRow>(IEnumerable<TRow> rows, Func<TRow, double[]> features, Func<TRow, double[]> labels, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            model.Learn(rows, features, labels, options, cancellationToken);

        /// <summary>The same for yes and no: 1 and 0.</summary>
        /// <param name="rows">The rows.</param>
        /// <param name="features">A row's numbers.</param>
        /// <param name="label">Whether the row is a yes.</param>
        /// <param name="options">How; Keras' defaults where null.</param>
        /// <param name="cancellationToken">Ends the training after the current step.</param>
        public History Fit<TRow>(IEnumerable<TRow> rows, Func<TRow, double[]> features, Func<TRow, bool> label, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            model.Learn(rows, features, r => [label(r) ? 1 : 0], options, cancellationToken);

        private History Learn<TRow>(IEnumerable<TRow> rows, Func<TRow, double[]> features, Func<TRow, double[]> labels, FitOptions? options, CancellationToken cancellation)
        {
            ArgumentNullException.ThrowIfNull(rows);
            string who = $"{model.ClassName} '{model.Name}': Fit";
            List<double> x = [];
            List<double> y = [];
            int count = 0;
            foreach (TRow row in rows)
            {
                Add(x, features(row), count, $"{who}: the features of row {count}");
                Add(y, labels(row), count, $"{who}: the labels of row {count}");
                count++;
            }

            if (count == 0)
            {
                throw new TrainingDataException($"{who} expected at least one row, received none. Was the file read, and did a filter drop every row?");
            }

            NDArray samples = NDArray.From(x.ToArray()).Reshape(count, x.Count / count).AsType(model.DType);
            NDArray given = y.Count == count ? NDArray.From(y.ToArray()) : NDArray.From(y.ToArray()).Reshape(count, y.Count / count);
            return model.Fit((Arrays)samples, given, options, cancellation);
        }
    }

    private static void Add(List<double> all, double[]? row, int before, string what)
    {
        int expected = before == 0 ? row?.Length ?? 0 : all.Count / before;
        if (row is null || row.Length == 0 || row.Length != expected)
        {
            throw new TrainingDataException($"{what}: expected {(before == 0 ? "one or more" : expected.ToString(CultureInfo.InvariantCulture))} numbers{(before == 0 ? "" : ", as the rows before have")}, received {(row is null ? "null" : row.Length.ToString(CultureInfo.InvariantCulture))}. Give every row the same columns.");
        }

        all.AddRange(row);
    }

    private static double[] Numbers(ITuple tuple)
    {
        var numbers = new double[tuple.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = tuple[i] switch
            {
                float value => value,
                double value => value,
                int value => value,
                long value => value,
                byte value => value,
                short value => value,
                bool value => value ? 1 : 0,
                decimal value => (double)value,
                _ => throw Wrong(i, tuple[i]),
            };
        }

        return numbers;
    }

    private static ArgumentException Wrong(int place, object? value) =>
        new($"Fit: expected numbers in the tuple of features, received {(value is null ? "null" : value is ICollection ? "a collection" : $"a {value.GetType().Name}")} as item {place + 1}. Cast it to a number, or turn a category into one column a value.");
}
