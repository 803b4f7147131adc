using System.Text.Json;

namespace Nabla.Tests.Training;

/// <summary>
/// Whole trainings of real Keras in float64, from given weights and without shuffling: history, weights after, predictions, evaluation.
/// rtol 1e-7 as the stored values' README asks: rounding grows over the epochs.
/// </summary>
/// <remarks>Left out by name: cnn-batchnorm (convolutions) and embedding-lstm (recurrent layers), which this library does not have yet.</remarks>
public sealed class FitGoldenTests
{
    private const double Rtol = 1e-7;
    private const double Atol = 1e-9;

    public static TheoryData<string> Cases =>
    [
        "binary-class-weight", "classifier-adam", "classifier-softmax-validation", "early-stopping", "functional-shared", "plateau", "regression-sample-weight-l2",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void History_is_that_of_Keras(string name)
    {
        StoredFit fit = new(name);
        History history = fit.Run();
        Assert.Equal(fit.HistoryKeys, history.Keys);
        Assert.Equal(fit.Case.GetProperty("epochs_run").GetInt32(), history.Epochs.Count);
        foreach (string key in history.Keys)
        {
            Goldens.Close(fit.Array($"history_{key}"), NDArray.From(history[key].ToArray()), Rtol, Atol);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_after_it_are_those_of_Keras(string name)
    {
        StoredFit fit = new(name);
        fit.Run();
        for (int i = 0; i < fit.Model.Weights.Count; i++)
        {
            Goldens.Close(fit.Array($"w1_{i}"), fit.Model.GetWeights()[i], Rtol, Atol);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Predictions_before_and_after_are_those_of_Keras(string name)
    {
        StoredFit fit = new(name);
        Goldens.Close(fit.Array("predict_before"), fit.Model.Predict(fit.X)[0], Rtol, Atol);
        fit.Run();
        Goldens.Close(fit.Array("predict_after"), fit.Model.Predict(fit.X)[0], Rtol, Atol);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluation_after_it_is_that_of_Keras(string name)
    {
        StoredFit fit = new(name);
        fit.Run();
        EvaluationResult evaluation = fit.Model.Evaluate(fit.X, fit.Array("y"));
        foreach (JsonProperty expected in fit.Case.GetProperty("evaluate").EnumerateObject())
        {
            Goldens.Close(expected.Value.GetDouble(), evaluation[expected.Name], Rtol, Atol);
        }
    }

    [Theory]
    [InlineData("binary-class-weight")]
    [InlineData("classifier-adam")]
    [InlineData("functional-shared")]
    [InlineData("regression-sample-weight-l2")]
    public void A_stream_of_the_same_batches_gives_the_same_but_for_the_order_of_sums(string name)
    {
        StoredFit arrays = new(name);
        StoredFit stream = new(name);
        History expected = arrays.Run();
        History history = stream.Run(asStream: true);
        Assert.Equal(expected.Keys, history.Keys);
        Assert.All(expected, e => Goldens.Close(NDArray.From(e.Value.ToArray()), NDArray.From(history[e.Key].ToArray()), 1e-11, 1e-13));
        Assert.All(arrays.Model.GetWeights().Zip(stream.Model.GetWeights()), w => Goldens.Close(w.First, w.Second, 1e-11, 1e-13));
    }
}
