using System.Globalization;

namespace Nabla.Tests.Metrics;

/// <summary>What must hold of metrics whatever the data: brute-force counts, the same result in one batch as in many, and inside a model's compiled step.</summary>
public sealed class MetricPropertyTests
{
    private static readonly Dictionary<string, (Func<Metric> Make, string Kind)> All = new()
    {
        ["accuracy of classes"] = (() => new Accuracy(), "classes"),
        ["binary_accuracy"] = (() => "binary_accuracy", "yes"),
        ["categorical_accuracy"] = (() => "categorical_accuracy", "one-hot"),
        ["sparse_categorical_accuracy"] = (() => "sparse_categorical_accuracy", "sparse"),
        ["top k"] = (() => new TopKCategoricalAccuracy(2), "one-hot"),
        ["sparse top k"] = (() => new SparseTopKCategoricalAccuracy(2), "sparse"),
        ["mse"] = (() => "mse", "one-hot"),
        ["rmse"] = (() => new RootMeanSquaredError(), "one-hot"),
        ["r2"] = (() => new R2Score(null), "one-hot"),
        ["adjusted r2"] = (() => new R2Score(numRegressors: 2), "one-hot"),
        ["precision"] = (() => new Precision([0.2, 0.5, 0.8]), "yes"),
        ["precision of the two largest"] = (() => new Precision(topK: 2), "one-hot"),
        ["recall of class 1"] = (() => new Recall(classId: 1), "one-hot"),
        ["false negatives"] = (() => new FalseNegatives([0.4]), "yes"),
        ["auc"] = (() => new AUC(), "yes"),
        ["auc pr"] = (() => new AUC(curve: "PR"), "yes"),
        ["auc of labels"] = (() => new AUC(multiLabel: true, labelWeights: [1, 2, 3]), "one-hot"),
        ["auc with own thresholds"] = (() => new AUC(thresholds: [0.1, 0.35, 0.9]), "yes"),
        ["precision at recall"] = (() => new PrecisionAtRecall(0.5), "yes"),
        ["f1"] = (() => new F1Score(), "one-hot"),
        ["fbeta"] = (() => new FBetaScore("weighted", 2, 0.4), "one-hot"),
        ["iou"] = (() => new MeanIoU(3), "classes"),
        ["one-hot iou"] = (() => new OneHotMeanIoU(3), "one-hot"),
        ["confusion matrix"] = (() => new ConfusionMatrix(3), "sparse"),
        ["pearson"] = (() => new PearsonCorrelation(), "one-hot"),
        ["sparse crossentropy"] = (() => "sparse_categorical_crossentropy", "sparse"),
        ["crossentropy"] = (() => "crossentropy", "one-hot"),
        ["sum"] = (() => new Sum(), "yes"),
        ["own"] = (() => Metric.From("own", (t, p) => (t - p).Abs().Sqrt()), "yes"),
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    // The adjusted score asks for the number of samples, which weights do not change: so does Keras.
    public static TheoryData<string> Weighted => [.. All.Keys.Where(k => k != "adjusted r2")];

    // A model's outputs are no classes.
    public static TheoryData<string> OfModels => [.. All.Keys.Where(k => All[k].Kind != "classes")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Many_batches_give_what_one_gives(string metric)
    {
        (NDArray y, NDArray p, NDArray w) = Data(All[metric].Kind, 21);
        foreach (NDArray? weights in new[] { null, w })
        {
            Metric whole = All[metric].Make();
            Metric parts = All[metric].Make();
            whole.UpdateState(y, p, weights);
            foreach ((int start, int end) in new[] { (0, 8), (8, 16), (16, 21) })
            {
                parts.UpdateState(y[start..end], p[start..end], weights?[start..end]);
            }

            Goldens.Close(whole.ResultArray(), parts.ResultArray(), rtol: 1e-12, atol: 1e-12); // the order of a sum of 21 numbers
        }
    }

    [Theory]
    [MemberData(nameof(Weighted))]
    public void Weights_of_two_are_the_samples_twice(string metric)
    {
        (NDArray y, NDArray p, _) = Data(All[metric].Kind, 12);
        NDArray twice = NDArray.Full(2.0, Dims.Of(12));
        Metric weighted = All[metric].Make();
        weighted.UpdateState(y, p, twice);
        Metric repeated = All[metric].Make();
        repeated.UpdateState(y, p);
        repeated.UpdateState(y, p);
        Goldens.Close(repeated.ResultArray(), weighted.ResultArray(), rtol: 1e-12, atol: 1e-12);
    }

    [Theory]
    [MemberData(nameof(OfModels))]
    public void A_models_evaluation_gives_what_the_metric_gives_with_a_smaller_last_batch(string metric)
    {
        string kind = All[metric].Kind;
        (NDArray y, NDArray p, _) = Data(kind, 21);
        Sequential model = new([new InputLayer(p.Dims[1].Size), new Rescaling(1)], dtype: DType.Float64);
        model.Compile("sgd", kind == "sparse" ? "sparse_categorical_crossentropy" : "mse", [All[metric].Make()]);
        double evaluated = model.Evaluate(p, y, batchSize: 8).Values.Last();
        Metric own = All[metric].Make();
        own.UpdateState(y, p);
        double expected = own is ConfusionMatrix ? (y.AsType(DType.Int32).EqualTo(p.ArgMax(1)).AsType(DType.Float64)).Mean().Item<double>() : own.ResultArray().Mean().Item<double>();
        Assert.Equal(expected, evaluated, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Area_under_the_curve_is_the_share_of_pairs_in_the_right_order(int seed)
    {
        // Outputs on the thresholds' middles: no two different ones share a bucket, so that only rounding is left.
        RandomStream random = new((ulong)seed, 9);
        var y = new double[60];
        var p = new double[60];
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = random.Uniform(2 * i) < 0.4 ? 1 : 0;
            p[i] = (Math.Floor(random.Uniform((2 * i) + 1) * 199) + 0.5) / 199;
        }

        double pairs = 0;
        double right = 0;
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < y.Length; j++)
            {
                if (y[i] == 1 && y[j] == 0)
                {
                    pairs++;
                    right += p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0;
                }
            }
        }

        AUC auc = new();
        auc.UpdateState(y, p);
        Assert.Equal(right / pairs, auc.Result(), 1e-12);

        AUC lower = new(summationMethod: "minoring");
        AUC upper = new(summationMethod: "majoring");
        lower.UpdateState(y, p);
        upper.UpdateState(y, p);
        Assert.InRange(auc.Result(), lower.Result(), upper.Result());
    }

    [Fact]
    public void Sums_of_a_confusion_matrix_are_the_numbers_of_labels_and_of_answers()
    {
        (NDArray y, NDArray p, NDArray w) = Data("sparse", 21);
        ConfusionMatrix matrix = new(3);
        matrix.UpdateState(y, p, w);
        double[,] cells = matrix.ResultArray().ToArray2D<double>();
        int[] labels = y.AsType(DType.Int32).ToArray<int>();
        int[] answers = p.ArgMax(1).ToArray<int>();
        double[] weights = w.ToArray<double>();
        for (int c = 0; c < 3; c++)
        {
            double row = Enumerable.Range(0, 3).Sum(j => cells[c, j]);
            double column = Enumerable.Range(0, 3).Sum(i => cells[i, c]);
            Assert.Equal(weights.Where((_, i) => labels[i] == c).Sum(), row, 1e-12);
            Assert.Equal(weights.Where((_, i) => answers[i] == c).Sum(), column, 1e-12);
        }
    }

    [Fact]
    public void A_confusion_matrix_takes_labels_and_outputs_in_every_form()
    {
        NDArray expected = new double[,] { { 1, 1 }, { 0, 2 } };
        foreach ((NDArray y, NDArray p) in new (NDArray, NDArray)[]
        {
            (new[] { 0, 0, 1, 1 }, new[] { 0, 1, 1, 1 }),
            (new[,] { { 0 }, { 0 }, { 1 }, { 1 } }, new double[,] { { .2 }, { .6 }, { .7 }, { .8 } }),
            (new double[] { 0, 0, 1, 1 }, new double[] { .2, .6, .7, .8 }),
            (new[] { 0, 0, 1, 1 }, new double[,] { { .9, .1 }, { .4, .6 }, { .1, .9 }, { .2, .8 } }),
            (new double[,] { { 1, 0 }, { 1, 0 }, { 0, 1 }, { 0, 1 } }, new double[,] { { .9, .1 }, { .4, .6 }, { .1, .9 }, { .2, .8 } }),
            (new double[,] { { 1, 0 }, { 1, 0 }, { 0, 1 }, { 0, 1 } }, new[] { 0, 1, 1, 1 }),
        })
        {
            ConfusionMatrix matrix = new(2);
            matrix.UpdateState(y, p);
            Goldens.Close(expected, matrix.ResultArray(), 0, 0);
        }
    }

    [Fact]
    public void A_confusion_matrix_prints_as_a_table_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            ConfusionMatrix matrix = new(2, ["no", "yes"]);
            matrix.UpdateState(new[] { 0, 1, 1 }, new[] { 0, 0, 1 }, new[] { 1, 0.5, 12 });
            Assert.Equal("true \\ predicted   no  yes\nno                  1    0\nyes               0.5   12", matrix.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Keras counts in whole numbers here unless told another dtype: 1.7 counts 1, 0.3 nothing.
    [Fact]
    public void Intersection_over_union_cuts_weights_to_whole_numbers()
    {
        MeanIoU cut = new(2);
        cut.UpdateState(new[] { 0, 0, 1, 1 }, new[] { 0, 1, 0, 1 }, new[] { 1.7, 0.3, 2.9, 1.0 });
        MeanIoU whole = new(2);
        whole.UpdateState(new[] { 0, 0, 1, 1 }, new[] { 0, 1, 0, 1 }, new[] { 1.0, 0.0, 2.0, 1.0 });
        Assert.Equal(whole.Result(), cut.Result());
    }

    [Fact]
    public void Mean_and_sum_take_numbers_alone()
    {
        Mean mean = new();
        Sum sum = new();
        Assert.Equal(0, mean.Result());
        foreach (Action<NDArray, NDArray?> update in new Action<NDArray, NDArray?>[] { mean.UpdateState, sum.UpdateState })
        {
            update(new double[] { 1, 3 }, null);
            update(new double[] { 5, 7 }, new double[] { 1, 0 });
        }

        Assert.Equal(3, mean.Result());
        Assert.Equal(9, sum.Result());
        mean.ResetState();
        Assert.Equal(0, mean.Result());
    }

    // Labels and outputs: "yes" for one probability a sample, "one-hot" and "sparse" for shares of three classes, "classes" for classes on both sides.
    private static (NDArray Y, NDArray P, NDArray W) Data(string kind, int count)
    {
        RandomStream random = new(5, 3);
        int next = 0;
        var classes = new int[count];
        var answers = new int[count];
        var scores = new double[count, 3];
        var oneHot = new double[count, 3];
        var yes = new double[count, 1];
        var probability = new double[count, 1];
        var weights = new double[count];
        for (int i = 0; i < count; i++)
        {
            classes[i] = (int)(random.Uniform(next++) * 3);
            answers[i] = (int)(random.Uniform(next++) * 3);
            oneHot[i, classes[i]] = 1;
            double[] raw = [random.Uniform(next++), random.Uniform(next++), random.Uniform(next++)];
            for (int c = 0; c < 3; c++)
            {
                scores[i, c] = raw[c] / raw.Sum();
            }

            yes[i, 0] = random.Uniform(next++) < 0.4 ? 1 : 0;
            probability[i, 0] = random.Uniform(next++);
            weights[i] = random.Uniform(next++) + 0.5;
        }

        return kind switch
        {
            "yes" => (yes, probability, weights),
            "one-hot" => (oneHot, scores, weights),
            "sparse" => (classes, scores, weights),
            _ => (classes, answers, weights),
        };
    }
}
