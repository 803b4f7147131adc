namespace Nabla;

/// <summary>Predictions from rows of a person's own data, for models that know their <see cref="Schema"/>.</summary>
/// <example><code>
/// if (model.Metadata?.Schema is not null)
/// {
///     var (species, probability) = model.Predict(("petal length", 4.7), ("petal width", 1.4));
/// }
/// </code></example>
public static class RowPredictions
{
    extension(Model model)
    {
        /// <summary>The answer for one row given by column names: <c>model.Predict(("width", 1.4), ("colour", "red"))</c>.</summary>
        /// <param name="cells">A value for each column that the model was trained on, in any order; null where it is not known.</param>
        /// <exception cref="ArgumentException">A column is not there, or a value is none that it can have.</exception>
        /// <exception cref="InvalidOperationException">The model knows no schema.</exception>
        public Prediction Predict(params ReadOnlySpan<(string Column, object? Value)> cells)
        {
            Dictionary<string, object?> row = new(cells.Length);
            foreach ((string column, object? value) in cells)
            {
                if (!row.TryAdd(column, value))
                {
                    throw new ArgumentException($"Predict: expected one value for '{column}', received two. Which of them is it?", nameof(cells));
                }
            }

            return model.Predict(row);
        }

        /// <summary>The answer for one row: a class with its probability, or a number in the data's unit.</summary>
        /// <param name="row">A value for each column that the model was trained on; null where it is not known. Other keys are left alone.</param>
        /// <exception cref="ArgumentException">A column is not there, or a value is none that it can have.</exception>
        /// <exception cref="InvalidOperationException">The model knows no schema.</exception>
        public Prediction Predict<TValue>(IReadOnlyDictionary<string, TValue> row) => model.PredictRows([row])[0];

        /// <summary>The answers for rows, in their order.</summary>
        /// <param name="rows">The rows, by column names.</param>
        /// <exception cref="ArgumentException">A column is not there, or a value is none that it can have; everything found is named with its row.</exception>
        /// <exception cref="InvalidOperationException">The model knows no schema.</exception>
        public Prediction[] PredictRows<TValue>(IEnumerable<IReadOnlyDictionary<string, TValue>> rows)
        {
            Schema schema = model.Metadata?.Schema
                ?? throw new InvalidOperationException($"{model.ClassName} '{model.Name}': Predict expected a model that knows its columns, received one without a schema. Set model.Metadata = new ModelMetadata {{ Schema = ... }} after training, or give numbers: Predict(NDArray).");
            NDArray samples = schema.Encode(rows, model.DType);
            return samples.Dims[0].Size == 0 ? [] : model.Decode(schema, model.Predict(samples, batchSize: 256));
        }

        /// <summary>What outputs mean, row by row.</summary>
        internal Prediction[] Decode(Schema schema, NDArray outputs)
        {
            string step = model.Metadata?.OutputStep ?? MetadataJson.OutputStep(model);
            double[] values = outputs.AsType(DType.Float64).ToArray<double>();
            int width = Math.Max(1, outputs.Dims[1..].Count);
            return [.. Enumerable.Range(0, values.Length / width).Select(row => schema.Target.Decode(values.AsSpan(row * width, width), step))];
        }
    }
}
