namespace Nabla.Tests.Metrics;

/// <summary>Results of real Keras' metrics after each of three batches, with and without sample weights.</summary>
public sealed class MetricGoldenTests
{
    public static TheoryData<string> Cases => Goldens.Cases("metrics", c => MetricTable.ByClass.ContainsKey(c.GetProperty("metric").GetString()!));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Result_is_that_of_Keras_after_each_batch(string name)
    {
        Goldens goldens = Goldens.Area("metrics");
        Metric metric = KerasConfigs.Made(goldens[name], "metric", MetricTable.ByClass);
        for (int i = 0; i < 3; i++)
        {
            metric.UpdateState(goldens.Array(name, $"y_true_{i}"), goldens.Array(name, $"y_pred_{i}"), goldens.Optional(name, $"w_{i}"));
            Goldens.Close(goldens.Array(name, $"result_{i}"), metric.ResultArray());
        }
    }
}
