using static Nabla.Explain.Tests.Doctor.Patients;

namespace Nabla.Explain.Tests.Doctor;

/// <summary>Learning rates on J = w² from w = 3, as the lectures have them, and on small networks.</summary>
public sealed class LearningRateTests
{
    // alpha = 1.1: 3, -3.6, 4.32, -5.184, 6.2208; alpha = 0.9 goes back and forth as well, but down.
    [Theory]
    [Trait("Lesson", "L43")]
    [InlineData(1.1, true)]
    [InlineData(0.9, false)]
    [InlineData(0.5, false)]
    [InlineData(0.1, false)]
    public void Steps_that_leap_over_the_valley_are_too_long(double alpha, bool isTooHigh)
    {
        Diagnosis diagnosis = Square(alpha, 20);
        if (isTooHigh)
        {
            Advice advice = Found(diagnosis, "learning-rate-too-high");
            Assert.Contains("The learning rate of 1.1 is too high", advice.Message, StringComparison.Ordinal);
            Assert.Contains("each step turns back on the one before", advice.Message, StringComparison.Ordinal);
            Assert.StartsWith("-1 ", advice.Evidence["cosine of successive steps"], StringComparison.Ordinal);
            Assert.StartsWith("5 of 5 ", advice.Evidence["windows in which it rose"], StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(diagnosis.Findings);
        }
    }

    [Theory]
    [Trait("Lesson", "L43")]
    [InlineData(1e-5, true)]
    [InlineData(1e-2, false)]
    public void Steps_that_change_nothing_are_too_short(double alpha, bool isTooLow)
    {
        Diagnosis diagnosis = Square(alpha, 20);
        if (isTooLow)
        {
            Advice advice = Found(diagnosis, "learning-rate-too-low");
            Assert.Contains("The learning rate of 1e-5 is too low", advice.Message, StringComparison.Ordinal);
            Assert.Contains("threshold: below 0.0001", advice.Evidence["change of the loss an epoch"], StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(diagnosis.Findings);
        }
    }

    // At the bottom nothing changes either, but the gradient says so.
    [Fact]
    public void At_the_bottom_of_the_valley_no_rate_is_too_low()
    {
        Sequential model = Valley(0.1);
        model.Layers[0].Weights[0].Assign(new[,] { { 0.0 } });
        Assert.Empty(Trained(model, One, Zero, epochs: 20).Findings);
    }

    [Theory]
    [InlineData("adam", 3.0, true)]
    [InlineData("adam", 0.02, false)]
    [InlineData("sgd", 30, true)]
    [InlineData("sgd", 0.3, false)]
    public void Networks_show_it_too(string optimizer, double rate, bool isTooHigh)
    {
        (NDArray x, NDArray y) = Points(256);
        Sequential model = new([new InputLayer(4), new Dense(8, "tanh"), new Dense(1)], seed: 1);
        model.Compile(optimizer == "adam" ? new Adam(rate) : new SGD(rate), "mse", verbose: 0);
        Diagnosis diagnosis = Trained(model, x, y, epochs: 10);
        if (isTooHigh)
        {
            Found(diagnosis, "learning-rate-too-high");
        }
        else
        {
            Assert.Empty(diagnosis.Findings);
        }
    }

    [Theory]
    [InlineData(1e-9, true)]
    [InlineData(1e-3, false)]
    public void Adam_with_next_to_no_rate_is_too_low(double rate, bool isTooLow)
    {
        (NDArray x, NDArray y) = Points(256);
        Sequential model = new([new InputLayer(4), new Dense(8, "tanh"), new Dense(1)], seed: 1);
        model.Compile(new Adam(rate), new BinaryCrossentropy(fromLogits: true), verbose: 0);
        Diagnosis diagnosis = Trained(model, x, y, epochs: 3);
        if (isTooLow)
        {
            Found(diagnosis, "learning-rate-too-low");
        }
        else
        {
            Assert.Empty(diagnosis.Findings);
        }
    }

    [Fact]
    [Trait("Lesson", "L118")]
    public void Learning_by_heart_is_a_hint()
    {
        (NDArray x, _) = Points(40, features: 10);
        Random random = new(5);
        NDArray coins = NDArray.Create<float>([.. Enumerable.Range(0, 40).Select(_ => (float)random.Next(2))], [40, 1]);
        Sequential model = new([new InputLayer(10), new Dense(64, "relu"), new Dense(1)], seed: 1);
        model.Compile(new Adam(0.02), new BinaryCrossentropy(fromLogits: true), verbose: 0);
        Diagnosis diagnosis = Trained(model, x, coins, epochs: 60, options: new FitOptions { ValidationSplit = 0.5 });
        Assert.Empty(diagnosis.Findings);
        Advice hint = Assert.Single(diagnosis.Hints, h => h.Rule == "over-or-underfit");
        Assert.Contains("learn by heart", hint.Message, StringComparison.Ordinal);
        Assert.Contains("EarlyStopping", hint.Suggestion, StringComparison.Ordinal);
    }

    private static NDArray One => new[,] { { 1.0 } };

    private static NDArray Zero => new[,] { { 0.0 } };

    private static Diagnosis Square(double alpha, int epochs) => Trained(Valley(alpha), One, Zero, epochs);

    private static Sequential Valley(double alpha)
    {
        Sequential model = new([new InputLayer(1), new Dense(1, useBias: false, kernelInitializer: new ConstantInitializer(3))], seed: 1, dtype: DType.Float64);
        model.Compile(new SGD(alpha), "mse", verbose: 0);
        return model;
    }
}
