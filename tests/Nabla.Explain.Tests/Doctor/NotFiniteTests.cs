using System.Runtime.CompilerServices;
using static Nabla.Explain.Tests.Doctor.Patients;

namespace Nabla.Explain.Tests.Doctor;

/// <summary>Where the first number that is not finite was born: each with a near twin in which none is.</summary>
public sealed class NotFiniteTests
{
    private static int _slideLine;

    // The slide's formula in double: at z = 40 the answer is right and sure, 1 - a rounds to 0, and 0·log 0 is NaN.
    [Fact]
    [Trait("Lesson", "L34")]
    public void The_slides_own_loss_at_z_40_is_NaN_by_0_times_log_0()
    {
        Diagnosis diagnosis = Slide(40, "slide", (y, a) => Slides(y, a));
        Advice advice = Found(diagnosis, "not-finite");
        Assert.Equal("log", advice.Evidence["op"]);
        Assert.Equal("slide", advice.Evidence["layer"]);
        Assert.Equal("forward", advice.Evidence["part of the step"]);
        Assert.Equal("0", advice.Evidence["values that went in"]);
        Assert.Contains("log(0) = -inf, for sample 1", advice.Message, StringComparison.Ordinal);
        Assert.Contains("0 * (-inf) = NaN", advice.Message, StringComparison.Ordinal);
        Assert.EndsWith($"NotFiniteTests.cs:{_slideLine}", advice.Evidence["your line"], StringComparison.Ordinal);
        Assert.Contains("fromLogits: true", advice.Suggestion, StringComparison.Ordinal);
    }

    // Up to z = 36 there is still something left of 1 - a in double; and the library's loss from logits does not mind at all.
    [Fact]
    [Trait("Lesson", "L34")]
    public void The_slides_loss_at_z_36_and_the_loss_from_logits_are_finite()
    {
        NotFound(Slide(36, "slide", (y, a) => Slides(y, a)), "not-finite");
        Sequential model = One(40, "linear");
        model.Compile(new SGD(0.01), new BinaryCrossentropy(fromLogits: true), verbose: 0);
        NotFound(model.Diagnose(new double[,] { { 0 }, { 1 } }, new double[,] { { 0 }, { 1 } }), "not-finite");
    }

    [Theory]
    [InlineData(1.5f, true)]
    [InlineData(2.5f, false)]
    public void Of_two_roots_the_first_is_named(float least, bool isBroken)
    {
        int line = 0;
        Sequential model = Compiled(
            new Sequential([new InputLayer(1), new Nabla.Lambda(t => Roots(t, out line), name: "roots"), new Dense(1)], seed: 1), "mse");
        Diagnosis diagnosis = model.Diagnose(new[,] { { 3f }, { 4f }, { least }, { 5f } }, new[,] { { 1f }, { 1f }, { 1f }, { 1f } });
        if (!isBroken)
        {
            NotFound(diagnosis, "not-finite");
            return;
        }

        Advice advice = Found(diagnosis, "not-finite");
        Assert.Equal("sqrt", advice.Evidence["op"]);
        Assert.Equal("-0.5", advice.Evidence["values that went in"]);
        Assert.Equal("2", advice.Evidence["sample"]);
        Assert.Equal("[2, 0]", advice.Evidence["element"]);
        Assert.Contains("sqrt(-0.5) = NaN", advice.Message, StringComparison.Ordinal);
        Assert.EndsWith($"NotFiniteTests.cs:{line}", advice.Evidence["your line"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0f, true)]
    [InlineData(1e-3f, false)]
    public void A_root_of_0_is_finite_and_its_gradient_is_not(float least, bool isBroken)
    {
        Sequential model = Compiled(new Sequential([new InputLayer(1), new Dense(1, useBias: false, kernelInitializer: "ones"), new Nabla.Lambda(t => t.Sqrt(), name: "root")], seed: 1), "mse");
        Diagnosis diagnosis = model.Diagnose(new[,] { { 3f }, { least } }, new[,] { { 1f }, { 1f } });
        if (!isBroken)
        {
            NotFound(diagnosis, "not-finite");
            return;
        }

        Advice advice = Found(diagnosis, "not-finite");
        Assert.Equal("backward", advice.Evidence["part of the step"]);
        Assert.Equal("root", advice.Evidence["layer"]);
        Assert.Equal("1", advice.Evidence["sample"]);
        Assert.Contains("in the derivative of sqrt", advice.Message, StringComparison.Ordinal);
        Assert.Contains("slope of a root at 0", advice.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learning_rate_of_a_million_is_named_with_the_weights_that_grew()
    {
        (NDArray x, NDArray y) = Points();
        Sequential model = Compiled(new Sequential([new InputLayer(4), new Dense(8, "relu"), new Dense(1)], seed: 1), "mse", new SGD(1e6));
        Diagnosis diagnosis = Trained(model, x, y, epochs: 20);
        Advice born = Found(diagnosis, "not-finite");
        Assert.Contains("1000000 is too high", born.Suggestion, StringComparison.Ordinal);
        Assert.Contains("in epoch", born.Message, StringComparison.Ordinal);
        Found(diagnosis, "learning-rate-too-high");

        Sequential twin = Compiled(new Sequential([new InputLayer(4), new Dense(8, "relu"), new Dense(1)], seed: 1), "mse", new SGD(0.05));
        Assert.Empty(Trained(twin, x, y, epochs: 20).Findings);
    }

    // The loss is finite in the step that breaks the weights: only the step before, run again, shows where.
    [Fact]
    public void A_gradient_that_breaks_the_weights_is_found_in_the_step_before()
    {
        Sequential model = Compiled(new Sequential([new InputLayer(1), new Dense(1, useBias: false, kernelInitializer: "ones"), new Nabla.Lambda(t => t.Sqrt(), name: "root")], seed: 1), "mse");
        Diagnosis diagnosis = Trained(model, new[,] { { 3f }, { 2f }, { 0f }, { 1f } }, new[,] { { 1f }, { 1f }, { 1f }, { 1f } }, epochs: 2, batchSize: 1, new FitOptions { Shuffle = false });
        Advice advice = Found(diagnosis, "not-finite");
        Assert.Equal("backward", advice.Evidence["part of the step"]);
        Assert.Equal("2", advice.Evidence["sample"]);
        Assert.Contains("in epoch 1, step 3", advice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_the_epochs_last_step_broke_are_found_too()
    {
        Sequential model = Compiled(new Sequential([new InputLayer(1), new Dense(1, useBias: false, kernelInitializer: "ones"), new Nabla.Lambda(t => t.Sqrt(), name: "root")], seed: 1), "mse");
        Diagnosis diagnosis = Trained(model, new[,] { { 3f }, { 0f } }, new[,] { { 1f }, { 1f } }, epochs: 2, batchSize: 1, new FitOptions { Shuffle = false });
        Assert.Equal("1", Found(diagnosis, "not-finite").Evidence["sample"]);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "infinity")]
    public void Data_that_are_not_finite_are_said_first(float value, string name)
    {
        Sequential model = Compiled(new Sequential([new InputLayer(2), new Dense(1)], seed: 1), "mse");
        Diagnosis diagnosis = model.Diagnose(new[,] { { 1f, 2f }, { 3f, value } }, new[,] { { 1f }, { 2f } });
        Advice advice = Found(diagnosis, "unusable-data");
        Assert.Contains($"received {name} at row 1, column 1", advice.Message, StringComparison.Ordinal);
        Assert.Contains("Remove those rows", advice.Suggestion, StringComparison.Ordinal);
        Assert.Empty(model.Diagnose(new[,] { { 1f, 2f }, { 3f, 4f } }, new[,] { { 1f }, { 2f } }).Findings);
    }

    [Fact]
    public void Weights_that_are_broken_already_are_said_to_be()
    {
        Sequential model = Compiled(new Sequential([new InputLayer(2), new Dense(1)], seed: 1), "mse");
        model.Layers[0].Weights[0].Assign(new[,] { { 1f }, { float.NaN } });
        Advice advice = Found(model.Diagnose(new[,] { { 1f, 2f } }, new[,] { { 1f } }), "not-finite");
        Assert.Equal("weights", advice.Evidence["part of the step"]);
    }

    [Fact]
    public void A_doctor_beside_TerminateOnNaN_still_speaks()
    {
        (NDArray x, NDArray y) = Points();
        Sequential model = Compiled(new Sequential([new InputLayer(4), new Dense(8, "relu"), new Dense(1)], seed: 1), "mse", new SGD(1e6));
        Nabla.Explain.Doctor doctor = new(verbose: 0);
        model.Fit(x, y, new FitOptions { Epochs = 20, Verbose = 0, Callbacks = [new TerminateOnNaN(), doctor] });
        Found(doctor.Diagnosis, "not-finite");
    }

    private static Diagnosis Slide(double z, string name, Func<Tensor, Tensor, Tensor> loss)
    {
        Sequential model = One(z, "sigmoid");
        model.Compile(new SGD(0.01), Loss.From(name, loss), verbose: 0);
        return model.Diagnose(new double[,] { { 0 }, { 1 } }, new double[,] { { 0 }, { 1 } });
    }

    private static Tensor Slides(Tensor y, Tensor a)
    {
        Tensor values = (-y * a.Log()) - ((1 - y) * (1 - a).Log()); _slideLine = Line();
        return values;
    }

    private static Tensor Roots(Tensor t, out int line)
    {
        Tensor root = (t - 2).Sqrt(); line = Line();
        return root.Sqrt();
    }

    private static Sequential One(double z, string activation)
    {
        Sequential model = new([new InputLayer(1), new Dense(1, activation, name: "unit")], seed: 1, dtype: DType.Float64);
        model.SetWeights([new double[,] { { z } }, new[] { 0.0 }]);
        return model;
    }

    private static int Line([CallerLineNumber] int line = 0) => line;
}
