namespace Nabla.Tests.Losses;

/// <summary>Functions and classes of the user's own as losses and metrics: trained with, watched, saved and loaded.</summary>
public sealed class CustomPiecesTests
{
    private static readonly NDArray X = new float[,] { { 0 }, { 1 }, { 2 }, { 3 } };
    private static readonly NDArray Y = new float[,] { { 1 }, { 3 }, { 5 }, { 7 } };

    [Fact]
    public void A_function_is_a_loss()
    {
        Loss loss = (Func<Tensor, Tensor, Tensor>)((yTrue, yPred) => (yTrue - yPred).Square());
        Sequential own = Model(loss);
        Sequential built = Model("mse");
        Assert.Equal(built.Fit(X, Y, epochs: 3, verbose: 0)["loss"], own.Fit(X, Y, epochs: 3, verbose: 0)["loss"]);
    }

    [Fact]
    public void A_function_from_labels_and_output_has_Keras_reductions()
    {
        Loss loss = Loss.From("pinball", (t, p) => ((t - p) * 0.9).Maximum((p - t) * 0.1), Reduction.Sum);
        Assert.Equal(0.9 + 0.2, loss.Call(new double[,] { { 1, 3 } }, new double[,] { { 0, 5 } }).Item<double>(), 1e-12);
        Assert.Equal("pinball", loss.Name);
    }

    [Fact]
    public void Registered_functions_are_saved_by_their_names()
    {
        Loss.Register("cubed_error", (t, p) => (t - p).Abs().Pow(3));
        Metric.Register("within_one", (t, p) => (t - p).Abs().AtMost(1).Cast(p.DType));
        Sequential model = Model("cubed_error", "within_one", "mae", new Huber(2), "accuracy");
        using TemporaryFile file = new();
        model.Save(file.Path);
        Sequential loaded = (Sequential)Sequential.Load(file.Path);
        Assert.Equal(model.Evaluate(X, Y), loaded.Evaluate(X, Y));
        Assert.Equal(["loss", "within_one", "mae", "huber_loss", "accuracy"], loaded.Evaluate(X, Y).Keys);
    }

    [Fact]
    public void Registered_classes_are_saved_with_their_arguments()
    {
        Loss.Register("ScaledError", c => new ScaledError(c.Number("scale", 1), c.Reduction(), c.Text("name", "scaled_error")));
        Metric.Register("ShareAbove", c => new ShareAbove(c.Number("limit", 0), c.Text("name", "share_above")));
        Sequential model = Model(new ScaledError(3), new ShareAbove(0.25));
        using TemporaryFile file = new();
        model.Save(file.Path);
        Sequential loaded = (Sequential)Sequential.Load(file.Path);
        Assert.Equal(model.Evaluate(X, Y), loaded.Evaluate(X, Y));
    }

    [Theory]
    [InlineData("mse", "MSE", "mean_squared_error", "MeanSquaredError")]
    [InlineData("mae", "MAE", "mean_absolute_error", "MeanAbsoluteError")]
    [InlineData("mape", "MAPE", "mean_absolute_percentage_error", "MeanAbsolutePercentageError")]
    [InlineData("msle", "MSLE", "mean_squared_logarithmic_error", "MeanSquaredLogarithmicError")]
    [InlineData("bce", "BCE", "binary_crossentropy", "BinaryCrossentropy")]
    [InlineData("kld", "KLD", "kl_divergence", "KLDivergence")]
    [InlineData("huber", "Huber")]
    [InlineData("log_cosh", "LogCosh")]
    [InlineData("cosine_similarity", "CosineSimilarity")]
    [InlineData("categorical_focal_crossentropy", "CategoricalFocalCrossentropy")]
    [InlineData("categorical_generalized_cross_entropy", "CategoricalGeneralizedCrossEntropy")]
    [InlineData("squared_hinge", "SquaredHinge")]
    [InlineData("tversky", "Tversky")]
    [InlineData("dice", "Dice")]
    [InlineData("poisson", "Poisson")]
    public void A_loss_has_all_of_Keras_names(params string[] names) =>
        Assert.Equal([names[^1]], names.Select(n => ((Loss)n).ClassName).Distinct());

    [Fact]
    public void A_metric_given_as_a_text_keeps_the_text_as_its_key()
    {
        foreach (string name in new[] { "AUC", "auc", "Precision", "f1_score", "F1Score", "r2_score", "root_mean_squared_error", "top_k_categorical_accuracy", "mse", "MSE", "huber", "acc", "ce", "LogCoshError" })
        {
            Assert.Equal(name, ((Metric)name).Name);
        }

        Assert.IsType<AUC>((Metric)"auc");
        Assert.IsType<F1Score>((Metric)"F1Score");
    }

    [Theory]
    [InlineData("crossentropy", 1, false)]
    [InlineData("ce", 3, true)]
    [InlineData("crossentropy", 3, false)]
    public void Crossentropy_by_name_is_the_kind_that_fits(string name, int outputs, bool sparse)
    {
        NDArray p = outputs == 1 ? new double[,] { { .2 }, { .7 } } : new double[,] { { .2, .3, .5 }, { .1, .8, .1 } };
        NDArray y = outputs == 1 ? new double[,] { { 0 }, { 1 } } : sparse ? new[] { 2, 1 } : new double[,] { { 0, 0, 1 }, { 0, 1, 0 } };
        Loss expected = outputs == 1 ? new BinaryCrossentropy() : sparse ? new SparseCategoricalCrossentropy() : new CategoricalCrossentropy();
        Assert.Equal(expected.Call(y, p).Item<double>(), ((Loss)name).Call(y, p).Item<double>());
        Metric metric = name;
        metric.UpdateState(y, p);
        Assert.Equal(expected.Call(y, p).Item<double>(), metric.Result(), 1e-15);

        Sequential model = new([new InputLayer(outputs), new Rescaling(1)], dtype: DType.Float64);
        model.Compile("sgd", name);
        Assert.Equal(expected.Call(y, p).Item<double>(), model.Evaluate(p, y)["loss"], 1e-15);
    }

    [Fact]
    public void Classes_may_stand_on_another_axis()
    {
        NDArray p = new double[,,] { { { .2, .7 }, { .8, .3 } }, { { .5, .9 }, { .5, .1 } } }; // [2 samples, 2 classes, 2 places]
        NDArray y = new[,] { { 1, 0 }, { 0, 1 } };
        NDArray last = p.Transpose(0, 2, 1);
        Goldens.Close(
            new SparseCategoricalCrossentropy(reduction: Reduction.None).Call(y, last),
            new SparseCategoricalCrossentropy(axis: 1, reduction: Reduction.None).Call(y, p),
            0,
            0);
        Goldens.Close(
            new SparseCategoricalCrossentropy(true, reduction: Reduction.None).Call(y, last),
            new SparseCategoricalCrossentropy(true, axis: 1, reduction: Reduction.None).Call(y, p),
            0,
            0);
    }

    [Fact]
    public void Weights_that_are_all_0_give_a_loss_of_0() =>
        Assert.Equal(0, new MeanSquaredError(Reduction.MeanWithSampleWeight).Call(new double[,] { { 1 } }, new double[,] { { 2 } }, new double[] { 0 }).Item<double>());

    private static Sequential Model(Loss loss, params Metric[] metrics)
    {
        Sequential model = new([new InputLayer(1), new Dense(1, kernelInitializer: "ones")], name: "net");
        model.Compile("sgd", loss, metrics);
        return model;
    }

    private sealed class ScaledError(double scale, Reduction reduction = default, string name = "scaled_error") : Loss(name, reduction)
    {
        public override Tensor Values(Tensor yTrue, Tensor yPred) => ((yTrue - yPred).Abs() * scale).Mean(-1);

        protected internal override void WriteConfig(ConfigWriter config) => config.Number("scale", scale);
    }

    private sealed class ShareAbove(double limit, string name = "share_above") : MeanMetric(name)
    {
        public override Tensor Values(Tensor yTrue, Tensor yPred) => yPred.GreaterThan(limit).Cast(DType.Float64);

        protected internal override void WriteConfig(ConfigWriter config) => config.Number("limit", limit);
    }
}
