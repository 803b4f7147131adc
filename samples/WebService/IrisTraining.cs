using Nabla;
using Nabla.Data;

namespace WebService;

/// <summary>Learns to name iris flowers.</summary>
public static class IrisTraining
{
    private static readonly string[] Columns = ["sepal length", "sepal width", "petal length", "petal width"];

    /// <summary>Trains a small network on the packaged flowers and saves it with the schema by which rows are read.</summary>
    public static void TrainAndSave(string path)
    {
        DataSet flowers = Iris.Load();
        double[][] measures = [.. Enumerable.Range(0, Columns.Length).Select(c => flowers.X[.., c].AsType(DType.Float64).ToArray<double>())];
        Schema schema = new(Columns.Select((name, c) => SchemaColumn.Measure(name, measures[c])), SchemaTarget.OfClasses("species", flowers.ClassNames));
        NDArray x = schema.Encode(Enumerable.Range(0, flowers.Count).Select(row => Columns.Index().ToDictionary(c => c.Item, c => measures[c.Index][row])));

        Sequential model = new([new Dense(16, "relu"), new Dense(3)], seed: 1);
        model.Compile(new Adam(0.01), new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
        model.Fit(x, flowers.Y, epochs: 60, verbose: 0);
        model.Save(path, new ModelMetadata { Schema = schema });
    }
}
