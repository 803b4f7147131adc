namespace Nabla.Tests.Layers;

/// <summary>Layers that learn from data before training: standardising, binning, and class numbers as features.</summary>
public sealed class PreprocessingTests
{
    // The examples of Keras' documentation.
    private static readonly NDArray Four = new float[,] { { 0, 7, 4 }, { 2, 9, 6 }, { 0, 7, 4 }, { 2, 9, 6 } };

    [Fact]
    public void Adapting_standardises_each_feature()
    {
        Normalization layer = new();
        layer.Adapt(Four);
        Assert.Equal([1f, 8, 5], layer.Mean!.ToArray<float>());
        Assert.Equal([1f, 1, 1], layer.Variance!.ToArray<float>());
        Assert.Equal([-1f, -1, -1], layer.Call(new float[,] { { 0, 7, 4 } }).ToArray<float>());
    }

    [Fact]
    public void One_mean_may_serve_all_values()
    {
        Normalization layer = new(axis: []);
        layer.Adapt(new float[] { 1, 2, 3, 4, 5 });
        Assert.Equal([-1.4142135f, -0.70710677f, 0], layer.Call(new float[] { 1, 2, 3 }).ToArray<float>());
    }

    [Fact]
    public void Given_numbers_are_taken_as_they_are() =>
        Assert.Equal([-1.4142135f, -0.70710677f, 0], new Normalization(mean: 3.0, variance: 2.0).Call(new float[,] { { 1 }, { 2 }, { 3 } }).ToArray<float>());

    [Fact]
    public void Inverting_goes_back_to_the_units_of_the_data()
    {
        Normalization back = new(invert: true);
        back.Adapt(Four);
        Assert.Equal([2f, 10, 8], back.Call(new float[,] { { 1, 2, 3 } }).ToArray<float>());
        Normalization there = new(dtype: DType.Float64);
        Normalization again = new(invert: true, dtype: DType.Float64);
        NDArray x = new[,] { { 1.0, -3 }, { 4, 1e6 }, { 2, 7 } };
        there.Adapt(x);
        again.Adapt(x);
        Goldens.Close(x, again.Call(there.Call(x)), 1e-12, 1e-9); // 1e6 is 1e-16 of a million away from its neighbour
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1, 2)]
    [InlineData(-1)]
    public void Statistics_may_be_kept_along_any_axes(params int[] axis)
    {
        double[] values = [.. Enumerable.Range(0, 24).Select(i => Math.Sin(i * i))];
        NDArray x = NDArray.Create<double>(values, [2, 3, 4]);
        Axes axes = axis is [0] ? [] : Axes.Create(axis);
        Normalization layer = new(axes, dtype: DType.Float64);
        layer.Adapt(x);
        int[] reduced = [.. Enumerable.Range(0, 3).Where(a => !axes.Select(b => (b + 3) % 3).Contains(a))];
        Goldens.Close(OnValues.Run(t => t[0].Mean(reduced), x), layer.Mean!);
        Goldens.Close(OnValues.Run(t => t[0].Variance(reduced), x), layer.Variance!);
        NDArray y = layer.Call(x);
        Assert.All(OnValues.Run(t => t[0].Mean(reduced), y).ToArray<double>(), m => Assert.Equal(0, m, 1e-12));
    }

    // A mean of a million: one pass over squares would leave nothing of the variance in float32.
    [Fact]
    public void Batches_add_up_exactly_even_far_from_zero()
    {
        RandomStream random = new(3, 1);
        NDArray x = NDArray.Create<double>([.. Enumerable.Range(0, 300).Select(i => 1e6 + random.Normal(i))], [100, 3]);
        Normalization whole = new(dtype: DType.Float64);
        Normalization parts = new(dtype: DType.Float64);
        whole.Adapt(x);
        parts.Adapt([x[..7], x[7..50], x[50..]]);
        Goldens.Close(whole.Mean!, parts.Mean!, 1e-15);
        Goldens.Close(whole.Variance!, parts.Variance!, 1e-9);
        Assert.All(whole.Variance!.ToArray<double>(), v => Assert.InRange(v, 0.5, 2));
    }

    [Fact]
    public void Adapting_again_forgets_and_training_keeps()
    {
        (NDArray x, NDArray y) = Problems.Digits(40);
        Normalization layer = new();
        layer.Adapt(x * 3 + 5);
        layer.Adapt(x);
        float[] mean = layer.Mean!.ToArray<float>();
        Sequential model = new([layer, new Dense(10)], seed: 1);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true));
        model.Fit(x, y, epochs: 2, verbose: 0);
        Assert.Equal(mean, layer.Mean!.ToArray<float>());
        Assert.Equal(x.Mean(0).ToArray<float>()[0], mean[0], 1e-6);
    }

    [Fact]
    public void Adapted_numbers_are_saved_with_the_model()
    {
        using TemporaryFile file = new();
        Normalization layer = new();
        layer.Adapt(Four);
        Sequential model = new([new InputLayer(3), layer, new Dense(2)], seed: 1);
        model.Save(file.Path);
        Assert.Equal(model.Predict(Four).ToArray<float>(), Sequential.Load(file.Path).Predict(Four).ToArray<float>());
    }

    [Fact]
    public void Bins_hold_their_lower_boundary()
    {
        NDArray x = new[,] { { -1.5, 1.0, 3.4, .5 }, { 0.0, 3.0, 1.3, double.NaN } };
        Assert.Equal([0, 2, 3, 1, 1, 3, 2, 3], new Discretization([0.0, 1, 2]).Call(x).ToArray<int>());
    }

    [Fact]
    public void Boundaries_are_learned_as_Keras_learns_them()
    {
        NDArray x = new[,] { { -1.5, 1.0, 3.4, .5 }, { 0.0, 3.0, 1.3, 0.0 } };
        Discretization layer = new(numBins: 4);
        layer.Adapt(x);
        Assert.Equal([0.0, 0.5, 1.3f], layer.BinBoundaries!);
        Assert.Equal([0, 2, 3, 2, 1, 3, 3, 1], layer.Call(x).ToArray<int>());
    }

    // 5,000 values in batches of unequal size: each kept value stands for 1/100, and so does each of a few merges.
    [Fact]
    public void Learned_bins_hold_about_equally_many()
    {
        RandomStream random = new(9, 1);
        NDArray x = NDArray.Create<double>([.. Enumerable.Range(0, 5000).Select(i => Math.Exp(random.Normal(i)))], [5000, 1]);
        Discretization layer = new(numBins: 5);
        layer.Adapt([x[..1000], x[1000..1500], x[1500..]]);
        int[] counts = [.. layer.Call(x).ToArray<int>().CountBy(b => b).OrderBy(p => p.Key).Select(p => p.Value)];
        Assert.Equal(5, counts.Length);
        Assert.All(counts, c => Assert.InRange(c, 1000 - 150, 1000 + 150));
        string text = ConfigText.Of(layer);
        Assert.Equal(layer.BinBoundaries!, ((Discretization)ConfigText.Read(text)).BinBoundaries!);
    }

    [Theory]
    [InlineData("one_hot", new float[] { 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1 })]
    [InlineData("multi_hot", new float[] { 1, 1, 0, 0, 0, 0, 0, 1 })]
    [InlineData("count", new float[] { 1, 1, 0, 0, 0, 0, 0, 2 })]
    public void Class_numbers_become_features(string mode, float[] expected)
    {
        Assert.Equal(expected, new CategoryEncoding(4, mode).Call(new[,] { { 0, 1 }, { 3, 3 } }).ToArray<float>());
        Assert.Equal(expected, new Discretization([1.0, 2, 3], mode).Call(new[,] { { 0.5, 1.5 }, { 3.5, 9 } }).ToArray<float>());
    }

    [Fact]
    public void Counts_may_be_weighted()
    {
        NDArray tokens = new[,] { { 0, 1 }, { 0, 0 }, { 1, 2 }, { 3, 1 } };
        NDArray weights = new[,] { { .1f, .2f }, { .1f, .1f }, { .2f, .3f }, { .4f, .2f } };
        float[] y = new CategoryEncoding(4, "count").Call(new[] { tokens, weights }).ToArray<float>();
        Assert.Equal([.1f, .2f, 0, 0, .2f, 0, 0, 0, 0, .2f, .3f, 0, 0, .2f, 0, .4f], y);
    }

    [Fact]
    public void A_column_of_class_numbers_becomes_one_vector_a_sample_and_others_give_no_1()
    {
        NDArray y = new CategoryEncoding(3, "one_hot").Call(NDArray.From(new[,] { { 2L }, { -1L }, { 3L } }));
        Assert.Equal([3, 3], y.Dims.Sizes);
        Assert.Equal([0f, 0, 1, 0, 0, 0, 0, 0, 0], y.ToArray<float>());
    }

    [Fact]
    public void Bins_and_encodings_work_in_front_of_a_trained_model()
    {
        using TemporaryFile file = new();
        NDArray x = NDArray.Create<double>([.. Enumerable.Range(0, 60).Select(i => i % 12 - 5.5)], [60, 1]);

        // Twelve values in six bins: each holds two but the first, one, and the last, three. The classes begin where bins do.
        NDArray y = NDArray.Create<int>([.. Enumerable.Range(0, 60).Select(i => i % 12 < 3 ? 0 : i % 12 < 7 ? 1 : 2)], [60]);
        Discretization bins = new(numBins: 6);
        bins.Adapt(x);
        Sequential model = new([new InputLayer(1), bins, new CategoryEncoding(6, "one_hot"), new Dense(3)], seed: 1);
        model.Compile(new Adam(0.1), new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
        model.Fit(x, y, epochs: 30, verbose: 0);
        Assert.Equal(1, model.Evaluate(x, y)["accuracy"]);
        model.Save(file.Path);
        Assert.Equal(model.Predict(x).ToArray<float>(), Sequential.Load(file.Path).Predict(x).ToArray<float>());
    }
}
