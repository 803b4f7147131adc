namespace Nabla.Tests.Metrics;

/// <summary>Results of real Keras' metrics after each of three batches. Cases with sample weights wait for weighted metrics.</summary>
public sealed class MetricGoldenTests
{
    private static readonly Dictionary<string, Func<double?, Metric>> Built = new()
    {
        ["BinaryAccuracy"] = t => new BinaryAccuracy(threshold: t ?? 0.5),
        ["CategoricalAccuracy"] = _ => new CategoricalAccuracy(),
        ["SparseCategoricalAccuracy"] = _ => new SparseCategoricalAccuracy(),
        ["MeanSquaredError"] = _ => "mse",
        ["BinaryCrossentropy"] = _ => "binary_crossentropy",
        ["CategoricalCrossentropy"] = _ => "categorical_crossentropy",
        ["SparseCategoricalCrossentropy"] = _ => "sparse_categorical_crossentropy",
    };

    public static TheoryData<string> Cases => Goldens.Cases("metrics", c =>
        Built.ContainsKey(c.GetProperty("metric").GetString()!)
        && !c.GetProperty("arrays").EnumerateArray().Any(a => a.GetString() == "w_0")
        && c.GetProperty("args").EnumerateObject().All(a => a.Name == "threshold"));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Result_is_that_of_Keras_after_each_batch(string name)
    {
        Goldens goldens = Goldens.Area("metrics");
        double? threshold = goldens[name].GetProperty("args").TryGetProperty("threshold", out var t) ? t.GetDouble() : null;
        Metric metric = Built[goldens[name].GetProperty("metric").GetString()!](threshold);
        for (int i = 0; i < 3; i++)
        {
            metric.UpdateState(goldens.Array(name, $"y_true_{i}"), goldens.Array(name, $"y_pred_{i}"));
            Goldens.Close(goldens.Array(name, $"result_{i}").Item<double>(), metric.Result());
        }
    }
}
