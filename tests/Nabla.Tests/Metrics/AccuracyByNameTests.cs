namespace Nabla.Tests.Metrics;

/// <summary>What the name "accuracy" stands for, by the dims of labels and output; its trap with several yes-or-no outputs.</summary>
public sealed class AccuracyByNameTests
{
    [Theory]
    [InlineData(new[] { 4 }, new[] { 4, 1 }, typeof(BinaryAccuracy))]
    [InlineData(new[] { 4, 1 }, new[] { 4, 1 }, typeof(BinaryAccuracy))]
    [InlineData(new[] { 4 }, new[] { 4, 3 }, typeof(SparseCategoricalAccuracy))]
    [InlineData(new[] { 4, 1 }, new[] { 4, 3 }, typeof(SparseCategoricalAccuracy))]
    [InlineData(new[] { 4, 3 }, new[] { 4, 3 }, typeof(CategoricalAccuracy))]
    [InlineData(new[] { 4, 5 }, new[] { 4, 5, 3 }, typeof(SparseCategoricalAccuracy))]
    public void Accuracy_is_the_kind_that_fits(int[] labels, int[] output, Type kind) =>
        Assert.IsType(kind, ((Metric)"accuracy").Resolve(new TensorType(DType.Float32, Dims.Of(labels)), new TensorType(DType.Float32, Dims.Of(output))));

    [Fact]
    public void Several_yes_or_no_outputs_get_categorical_accuracy_and_compile_says_so()
    {
        Metric metric = "accuracy";
        metric.UpdateState(new double[,] { { 1, 1, 0 }, { 0, 1, 1 } }, new double[,] { { .8, .9, .1 }, { .1, .7, .9 } });
        Assert.Equal(0, metric.Result());
        Metric binary = "binary_accuracy";
        binary.UpdateState(new double[,] { { 1, 1, 0 }, { 0, 1, 1 } }, new double[,] { { .8, .9, .1 }, { .1, .7, .9 } });
        Assert.Equal(1, binary.Result());

        Sequential model = new([new InputLayer(2), new Dense(3, "sigmoid")]);
        model.Compile("sgd", "binary_crossentropy", ["accuracy"]);
        Assert.Contains(model.CompileNotes, note => note.Contains("say \"binary_accuracy\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Metrics_say_which_way_is_better()
    {
        Assert.All(["accuracy", "auc", "f1_score", "r2_score", "cosine_similarity"], name => Assert.True(((Metric)name).MoreIsBetter));
        Assert.All(["mse", "huber", "root_mean_squared_error", "FalsePositives"], name => Assert.False(((Metric)name).MoreIsBetter));
        Assert.Null(((Metric)"mean").MoreIsBetter);
    }
}
