namespace Nabla.Tests.Metrics;

/// <summary>Results of real Keras' metrics after each of three batches, with and without sample weights.</summary>
public sealed class MetricGoldenTests
{
    // Keras gathers these metrics' confusion matrices in float32 whatever the dtype, so that its results have float32's tolerance.
    private static readonly string[] InFloat32 = ["MeanIoU", "IoU", "BinaryIoU", "OneHotMeanIoU"];

    public static TheoryData<string> Cases => Goldens.Cases("metrics", _ => true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Result_is_that_of_Keras_after_each_batch(string name)
    {
        Goldens goldens = Goldens.Area("metrics");
        Metric metric = KerasConfigs.Made(goldens[name], "metric", MetricTable.ByClass);
        bool inFloat32 = InFloat32.Contains(goldens[name].GetProperty("metric").GetString());
        for (int i = 0; i < 3; i++)
        {
            metric.UpdateState(goldens.Array(name, $"y_true_{i}"), goldens.Array(name, $"y_pred_{i}"), Weights(name, i));
            NDArray expected = goldens.Array(name, $"result_{i}");
            if (inFloat32)
            {
                Goldens.Close(expected, metric.ResultArray(), rtol: 2e-5, atol: 2e-6 * Math.Abs(expected.Item<float>()));
            }
            else
            {
                Goldens.Close(expected, metric.ResultArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_metric_reads_what_it_writes(string name)
    {
        Goldens goldens = Goldens.Area("metrics");
        Metric metric = KerasConfigs.Made(goldens[name], "metric", MetricTable.ByClass);
        ConfigReader config = KerasConfigs.WrittenReader(metric.WriteConfig);
        Metric again = MetricTable.ByClass[metric.ClassName](config);
        config.Done();
        NDArray y = goldens.Array(name, "y_true_0");
        NDArray p = goldens.Array(name, "y_pred_0");
        metric.UpdateState(y, p);
        again.UpdateState(y, p);
        Goldens.Close(metric.ResultArray(), again.ResultArray(), rtol: 0, atol: 0);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Results_in_float32_are_those_of_Keras_within_its_tolerance(string name)
    {
        Goldens goldens = Goldens.Area("metrics");
        Metric metric = KerasConfigs.Made(goldens[name], "metric", MetricTable.ByClass);
        for (int i = 0; i < 3; i++)
        {
            NDArray p = goldens.Array(name, $"y_pred_{i}");
            NDArray y = goldens.Array(name, $"y_true_{i}");
            metric.UpdateState(y.DType.IsFloat ? y.AsType(DType.Float32) : y, p.DType.IsFloat ? p.AsType(DType.Float32) : p, Weights(name, i)?.AsType(DType.Float32));
            NDArray expected = goldens.Array(name, $"result_{i}").AsType(DType.Float64);
            Goldens.Close(expected, metric.ResultArray(), rtol: 2e-5, atol: 2e-6 * expected.Abs().Max().Item<double>());
        }
    }

    private static NDArray? Weights(string name, int batch) =>
        Goldens.Area("metrics").Optional(name, $"w_{batch}");
}
