using System.Text.Json;

namespace Nabla.Tests.Training;

/// <summary>
/// Whole trainings of real Keras in float64, from given weights and without shuffling: history, weights after, predictions, evaluation.
/// rtol 1e-7 as the stored values' README asks: rounding grows over the epochs.
/// </summary>
public sealed class FitGoldenTests
{
    private const double Rtol = 1e-7;
    private const double Atol = 1e-9;

    /// <summary>Fits that need nothing but what is built, and the keys of metrics that are not built yet and left out.</summary>
    public static TheoryData<string, string[]> Cases => new()
    {
        { "classifier-adam", [] },
        { "classifier-softmax-validation", ["precision", "val_precision"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void History_is_that_of_Keras(string name, string[] leftOut)
    {
        StoredFit fit = new(name);
        History history = fit.Run();
        Assert.Equal(fit.HistoryKeys.Except(leftOut), history.Keys);
        foreach (string key in history.Keys)
        {
            Goldens.Close(fit.Array($"history_{key}"), NDArray.From(history[key].ToArray()), Rtol, Atol);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_after_it_are_those_of_Keras(string name, string[] leftOut)
    {
        Assert.NotNull(leftOut);
        StoredFit fit = new(name);
        fit.Run();
        for (int i = 0; i < fit.Model.Weights.Count; i++)
        {
            Goldens.Close(fit.Array($"w1_{i}"), fit.Model.GetWeights()[i], Rtol, Atol);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Predictions_before_and_after_are_those_of_Keras(string name, string[] leftOut)
    {
        Assert.NotNull(leftOut);
        StoredFit fit = new(name);
        Goldens.Close(fit.Array("predict_before"), fit.Model.Predict(fit.Array("x")), Rtol, Atol);
        fit.Run();
        Goldens.Close(fit.Array("predict_after"), fit.Model.Predict(fit.Array("x")), Rtol, Atol);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluation_after_it_is_that_of_Keras(string name, string[] leftOut)
    {
        StoredFit fit = new(name);
        fit.Run();
        EvaluationResult evaluation = fit.Model.Evaluate(fit.Array("x"), fit.Array("y"));
        foreach (JsonProperty expected in fit.Case.GetProperty("evaluate").EnumerateObject().Where(e => !leftOut.Contains(e.Name)))
        {
            Goldens.Close(expected.Value.GetDouble(), evaluation[expected.Name], Rtol, Atol);
        }
    }
}
