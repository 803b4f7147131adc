using static Nabla.Explain.Tests.Doctor.Patients;

namespace Nabla.Explain.Tests.Doctor;

/// <summary>Units that cannot learn, each beside a near twin that can.</summary>
public sealed class UnitTests
{
    private static readonly (NDArray X, NDArray Y) Data = Points();

    [Theory]
    [Trait("Lesson", "L24")]
    [InlineData(10, "sigmoid", "glorot_uniform", true)]
    [InlineData(10, "relu", "he_normal", false)]
    [InlineData(2, "sigmoid", "glorot_uniform", false)]
    public void Ten_sigmoids_make_the_gradient_vanish(int layers, string activation, string initializer, bool vanishes)
    {
        Layer[] hidden = [.. Enumerable.Range(0, layers).Select(_ => new Dense(8, activation, kernelInitializer: initializer))];
        Sequential model = Compiled(new Sequential([new InputLayer(4), .. hidden, new Dense(1)], seed: 1), new BinaryCrossentropy(fromLogits: true));
        Diagnosis diagnosis = model.Diagnose(Data.X, Data.Y);
        if (vanishes)
        {
            Advice advice = Found(diagnosis, "vanishing-gradients");
            Assert.Contains("10 sigmoids multiplies by at most 1/4", advice.Message, StringComparison.Ordinal);
            Assert.Contains("threshold: above 1000", advice.Evidence["last to first"], StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(diagnosis.Findings);
        }
    }

    // 1.5^20 is 3325; 1 to any power is 1.
    [Theory]
    [InlineData(1.5, true)]
    [InlineData(1.0, false)]
    public void Twenty_layers_that_each_stretch_make_it_explode(double gain, bool explodes)
    {
        Layer[] hidden = [.. Enumerable.Range(0, 20).Select(_ => new Dense(8, kernelInitializer: new Orthogonal(gain)))];
        Sequential model = Compiled(new Sequential([new InputLayer(4), .. hidden, new Dense(1)], seed: 1), "mse");
        Diagnosis diagnosis = model.Diagnose(Data.X, Data.Y);
        Found(diagnosis, "linear-stack");
        if (explodes)
        {
            Found(diagnosis, "exploding-gradients");
        }
        else
        {
            NotFound(diagnosis, "exploding-gradients");
        }
    }

    [Theory]
    [InlineData(-100, true)]
    [InlineData(0, false)]
    public void Relus_with_a_bias_of_minus_100_are_dead(double bias, bool dead)
    {
        Sequential model = Compiled(
            new Sequential([new InputLayer(4), new Dense(8, "relu", biasInitializer: new ConstantInitializer(bias), name: "hidden"), new Dense(1)], seed: 1), new BinaryCrossentropy(fromLogits: true));
        Diagnosis diagnosis = model.Diagnose(Data.X, Data.Y);
        if (dead)
        {
            Advice advice = Found(diagnosis, "dead-relus");
            Assert.Contains("In 'hidden' all 8 units are dead: z is 0 or less for every one of 64 samples", advice.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(diagnosis.Findings);
        }
    }

    // One sample of many wakes a unit: the probe does not hold it, the check over all samples does.
    [Fact]
    public void A_relu_that_one_sample_wakes_is_not_dead()
    {
        var x = new float[1000, 1];
        x[777, 0] = 200;
        for (int i = 0; i < 1000; i++)
        {
            x[i, 0] += i / 1000f;
        }

        Sequential model = Compiled(new Sequential([new InputLayer(1), new Dense(1, "relu", kernelInitializer: "ones", biasInitializer: new ConstantInitializer(-100)), new Dense(1)], seed: 1), "mse");
        NotFound(model.Diagnose(x, NDArray.Zeros(DType.Float32, [1000, 1])), "dead-relus");
        x[777, 0] = 0.777f;
        Found(model.Diagnose(x, NDArray.Zeros(DType.Float32, [1000, 1])), "dead-relus");
    }

    [Fact]
    [Trait("Lesson", "L24")]
    public void A_few_dead_units_are_a_hint()
    {
        Sequential model = Compiled(new Sequential([new InputLayer(4), new Dense(8, "relu", name: "hidden"), new Dense(1)], seed: 1), new BinaryCrossentropy(fromLogits: true));
        model.Layers[0].Weights[1].Assign(new float[] { -100, 0, 0, 0, 0, 0, 0, 0 });
        Diagnosis diagnosis = model.Diagnose(Data.X, Data.Y);
        Assert.Empty(diagnosis.Findings);
        Assert.Contains("1 of 8 units (0)", Assert.Single(diagnosis.Hints, h => h.Rule == "dead-relus").Message, StringComparison.Ordinal);
    }

    // The reader's network: [1,2,3,4] to [1,0] gives 0.004 where it should give 1.
    [Fact]
    [Trait("Lesson", "L108")]
    public void A_sigmoid_at_0_004_that_should_be_1_is_saturated_and_wrong()
    {
        Sequential model = Stuck("sigmoid", Math.Log(0.004 / 0.996));
        model.Compile(new SGD(0.01), "mse", verbose: 0);
        Advice advice = Found(model.Diagnose(new double[,] { { 1, 2, 3, 4 } }, new double[,] { { 1, 0 } }), "saturated-units");
        Assert.Contains("a = 0.004 where y = 1", advice.Message, StringComparison.Ordinal);
        Assert.Contains("z = -5.517", advice.Message, StringComparison.Ordinal);
        Assert.Contains("its slope is 0.003984", advice.Message, StringComparison.Ordinal);
        Assert.Contains("MeanSquaredError pulls z with -0.007936; BinaryCrossentropy from logits would with -0.996, 125.5 times as much", advice.Message, StringComparison.Ordinal);
        Assert.Contains("not proof of a local minimum", advice.Message, StringComparison.Ordinal);
        Assert.Contains("fromLogits: true", advice.Suggestion, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Lesson", "L108")]
    [InlineData(0.004, 0)] // saturated and right
    [InlineData(0.1, 1)] // wrong and not saturated
    public void A_sigmoid_that_is_right_or_steep_is_well(double a, double y)
    {
        Sequential model = Stuck("sigmoid", Math.Log(a / (1 - a)));
        model.Compile(new SGD(0.01), "mse", verbose: 0);
        Assert.Empty(model.Diagnose(new double[,] { { 1, 2, 3, 4 } }, new double[,] { { y, 0 } }).Findings);
    }

    [Fact]
    [Trait("Lesson", "L108")]
    public void With_cross_entropy_a_wrong_sigmoid_learns_fastest_of_all()
    {
        Sequential model = Stuck("sigmoid", Math.Log(0.004 / 0.996));
        model.Compile(new SGD(0.01), new BinaryCrossentropy(), verbose: 0);
        NotFound(model.Diagnose(new double[,] { { 1, 2, 3, 4 } }, new double[,] { { 1, 0 } }), "saturated-units");
    }

    [Theory]
    [InlineData("sigmoid", 100, true)]
    [InlineData("tanh", 100, true)]
    [InlineData("tanh", 1, false)]
    [InlineData("sigmoid", 1, false)]
    public void Hidden_units_far_out_are_saturated(string activation, double scale, bool isSaturated)
    {
        Sequential model = Compiled(
            new Sequential([new InputLayer(4), new Dense(8, activation, kernelInitializer: new RandomNormal(0, scale)), new Dense(1)], seed: 1), new BinaryCrossentropy(fromLogits: true));
        Diagnosis diagnosis = model.Diagnose(Data.X, Data.Y);
        if (isSaturated)
        {
            Assert.Contains($"{activation} units are saturated", Found(diagnosis, "saturated-units").Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(diagnosis.Findings);
        }
    }

    [Theory]
    [InlineData("zeros", true)]
    [InlineData("ones", true)]
    [InlineData("glorot_uniform", false)]
    public void Units_that_begin_alike_stay_alike(string initializer, bool alike)
    {
        Sequential model = Compiled(
            new Sequential([new InputLayer(4), new Dense(8, "relu", kernelInitializer: initializer, name: "hidden"), new Dense(1, kernelInitializer: "ones")], seed: 1), new BinaryCrossentropy(fromLogits: true));
        Diagnosis diagnosis = model.Diagnose(Data.X, Data.Y);
        if (alike)
        {
            Assert.Contains("In 'hidden' units 0, 1, 2", Found(diagnosis, "symmetric-units").Message, StringComparison.Ordinal);
        }
        else
        {
            NotFound(diagnosis, "symmetric-units");
        }
    }

    // Kernels of more axes: sums along named axes, and groups that each look at inputs of their own.
    [Theory]
    [InlineData("abc,cd->abd", "zeros", true)]
    [InlineData("abc,bcde->ade", "ones", true)]
    [InlineData("abc,bcd->abd", "ones", true)]
    [InlineData("abc,cd->abd", "glorot_uniform", false)]
    [InlineData("abc,bcde->ade", "glorot_uniform", false)]
    [InlineData("abc,bcd->abd", "glorot_uniform", false)]
    public void Units_of_kernels_of_any_axes_that_begin_alike_stay_alike(string equation, string initializer, bool alike)
    {
        EinsumDense hidden = new(equation, equation.EndsWith("ade", StringComparison.Ordinal) ? [2, 3] : [2, 6], "relu", kernelInitializer: initializer, name: "hidden");
        Sequential model = Compiled(
            new Sequential([new InputLayer([2, 2]), hidden, new Flatten(), new Dense(1, kernelInitializer: "ones")], seed: 1), new BinaryCrossentropy(fromLogits: true));
        Diagnosis diagnosis = model.Diagnose(Data.X.Reshape(64, 2, 2), Data.Y);
        if (alike)
        {
            Advice advice = Found(diagnosis, "symmetric-units");
            Assert.Contains("In 'hidden' units 0, 1, 2", advice.Message, StringComparison.Ordinal);
            Assert.StartsWith(equation == "abc,bcd->abd" ? "12 of 12" : "6 of 6", advice.Evidence["units that are one"], StringComparison.Ordinal);
        }
        else
        {
            NotFound(diagnosis, "symmetric-units");
        }
    }

    // Equal groups look at different inputs: nothing is the same unit twice.
    [Fact]
    public void The_same_unit_over_other_inputs_is_not_the_same_unit()
    {
        EinsumDense hidden = new("abc,bc->ab", [2], "relu", kernelInitializer: "ones", name: "hidden");
        Sequential model = Compiled(new Sequential([new InputLayer([2, 2]), hidden, new Dense(1, kernelInitializer: "ones")], seed: 1), new BinaryCrossentropy(fromLogits: true));
        NotFound(model.Diagnose(Data.X.Reshape(64, 2, 2), Data.Y), "symmetric-units");
    }

    // The same weights, but each unit counts differently: the gradients tell them apart.
    [Fact]
    public void Equal_weights_with_different_gradients_are_not_symmetric()
    {
        Sequential model = Compiled(new Sequential([new InputLayer(4), new Dense(8, "relu", kernelInitializer: "ones"), new Dense(1)], seed: 1), new BinaryCrossentropy(fromLogits: true));
        NotFound(model.Diagnose(Data.X, Data.Y), "symmetric-units");
        Sequential logistic = Compiled(new Sequential([new InputLayer(4), new Dense(3, kernelInitializer: "zeros")], seed: 1), new SparseCategoricalCrossentropy(fromLogits: true));
        Assert.Empty(logistic.Diagnose(Data.X, Data.Y.AsType(DType.Int32)).Findings);
    }

    [Theory]
    [Trait("Lesson", "L51")]
    [InlineData(true)]
    [InlineData(false)]
    public void A_piece_with_a_wrong_derivative_is_found_by_nudging(bool isWrong)
    {
        // The value of a square, and the derivative of half of it.
        Nabla.Lambda own = new(t => isWrong ? (0.5 * t.Square()) + (0.5 * t.Square()).StopGradient() : t.Square(), name: "own");
        Sequential model = Compiled(new Sequential([new InputLayer(4), new Dense(8, "tanh"), own, new Dense(1)], seed: 1), "mse");
        Diagnosis diagnosis = model.Diagnose(Data.X, Data.Y);
        if (isWrong)
        {
            Advice advice = Found(diagnosis, "wrong-gradient");
            Assert.Contains("StopGradient at UnitTests.cs:", advice.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(diagnosis.Findings);
        }
    }

    private static Sequential Stuck(string activation, double z)
    {
        Sequential model = new([new InputLayer(4), new Dense(2, activation, useBias: false)], seed: 1, dtype: DType.Float64);
        model.SetWeights([new double[,] { { z, -5 }, { 0, 0 }, { 0, 0 }, { 0, 0 } }]);
        return model;
    }
}
