namespace Nabla.Tests.Lessons;

/// <summary>The models of the lectures (lessons 8 to 20, 29, 36 and 37), written in C# as they are written there.</summary>
public sealed class CourseModelTests
{
    // Lesson 8: the binary digit classifier; only the loss is named.
    [Fact]
    public void L8_the_binary_model_trains_with_Keras_s_default_optimizer()
    {
        var model = new Sequential([new Dense(units: 25, activation: "sigmoid"), new Dense(15, "sigmoid"), new Dense(1, "sigmoid")], seed: 1);
        model.Compile(loss: new BinaryCrossentropy());
        (NDArray x, NDArray y) = Problems.Signs(64);
        History history = model.Fit(x, y, epochs: 2, verbose: 0);
        Assert.IsType<RMSprop>(model.Optimizer);
        Assert.True(history["loss"][1] < history["loss"][0]);
    }

    // Lesson 9: epochs are not steps: steps = epochs · ⌈m / 32⌉.
    [Theory]
    [InlineData(100, 3, 12)]
    [InlineData(64, 2, 4)]
    [InlineData(1, 5, 5)]
    public void L9_steps_are_epochs_times_batches_of_32(int samples, int epochs, int steps)
    {
        (NDArray x, NDArray y) = Problems.Digits(samples);
        Sequential model = new([new Dense(10)]);
        model.Compile("sgd", new SparseCategoricalCrossentropy(fromLogits: true));
        Assert.Equal(steps, model.Fit(x, y, epochs: epochs, verbose: 0).Steps);
    }

    [Fact]
    public void L9_the_choice_of_the_optimizer_is_told()
    {
        var model = new Sequential([new Dense(1)]);
        model.Compile(loss: "mse");
        Assert.Contains(model.CompileNotes, n => n.Contains("No optimizer was given: RMSprop", StringComparison.Ordinal) && n.Contains("\"sgd\"", StringComparison.Ordinal));
    }

    // Lesson 10: z = 0 gives f = 0.5 and a loss of ln 2 for both labels.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void L10_the_logistic_loss_at_a_half_is_the_logarithm_of_2(int label) =>
        Assert.Equal(0.693147180560, new BinaryCrossentropy().Call(new double[,] { { label } }, new[,] { { 0.5 } }).Item<double>(), 1e-12);

    // Lesson 11: binary cross-entropy is the logistic loss; regression takes the mean squared error.
    [Fact]
    public void L11_the_losses_have_the_lecture_s_formulas()
    {
        double f = 0.8;
        Assert.Equal(-Math.Log(f), new BinaryCrossentropy().Call(new double[,] { { 1 } }, new[,] { { f } }).Item<double>(), 1e-15);
        Assert.Equal(-Math.Log(1 - f), new BinaryCrossentropy().Call(new double[,] { { 0 } }, new[,] { { f } }).Item<double>(), 1e-15);
        Assert.Equal(6.5, new MeanSquaredError().Call(new double[,] { { 1 }, { 5 } }, new double[,] { { 3 }, { 2 } }).Item<double>());
    }

    // Lesson 12: the cost is the mean of the losses of the samples.
    [Fact]
    public void L12_the_cost_is_the_mean_over_the_samples()
    {
        NDArray y = new double[,] { { 1 }, { 0 }, { 1 } };
        NDArray p = new[,] { { 0.9 }, { 0.2 }, { 0.4 } };
        double[] each = new BinaryCrossentropy(reduction: "none").Call(y, p).ToArray<double>();
        Assert.Equal(each.Average(), new BinaryCrossentropy().Call(y, p).Item<double>(), 1e-15);
    }

    // Lesson 14: relu in the hidden layers.
    [Theory]
    [InlineData("sigmoid")]
    [InlineData("linear")]
    [InlineData("relu")]
    public void L14_relu_layers_with_any_of_the_three_outputs(string output)
    {
        var model = new Sequential([new Dense(25, "relu"), new Dense(15, "relu"), new Dense(1, output)], seed: 1);
        model.Compile("adam", output == "sigmoid" ? new BinaryCrossentropy() : new MeanSquaredError());
        (NDArray x, NDArray y) = Problems.Signs(64);
        History history = model.Fit(x, y, epochs: 3, verbose: 0);
        Assert.True(double.IsFinite(history["loss"][^1]));
    }

    // Lesson 15: "don't use the version shown here".
    [Fact]
    public void L15_a_softmax_output_is_told_its_better_form()
    {
        var model = new Sequential([new Dense(25, "relu"), new Dense(15, "relu"), new Dense(10, "softmax")]);
        model.Compile("adam", new SparseCategoricalCrossentropy());
        string note = Assert.Single(model.CompileNotes);
        Assert.Contains("probabilities from a softmax output", note, StringComparison.Ordinal);
        Assert.Contains("activation: \"linear\"", note, StringComparison.Ordinal);
        Assert.Contains("SparseCategoricalCrossentropy(fromLogits: true)", note, StringComparison.Ordinal);
        Assert.Contains("Nn.Softmax", note, StringComparison.Ordinal);
    }

    [Fact]
    public void L15_softmax_twice_is_told()
    {
        var model = new Sequential([new Dense(10, "softmax")]);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true));
        Assert.Contains("applied twice", Assert.Single(model.CompileNotes), StringComparison.Ordinal);
    }

    [Fact]
    public void L15_a_linear_output_without_logits_is_told()
    {
        var model = new Sequential([new Dense(10)]);
        model.Compile("adam", new SparseCategoricalCrossentropy());
        Assert.Contains("Say SparseCategoricalCrossentropy(fromLogits: true)", Assert.Single(model.CompileNotes), StringComparison.Ordinal);
    }

    // Lesson 16: the accurate form; the model gives z, not a.
    [Fact]
    public void L16_logits_become_probabilities_by_softmax()
    {
        var model = new Sequential([new Dense(25, "relu"), new Dense(15, "relu"), new Dense(10, "linear")], seed: 1);
        model.Compile(loss: new SparseCategoricalCrossentropy(fromLogits: true), optimizer: "adam");
        (NDArray x, NDArray y) = Problems.Digits(40);
        model.Fit(x, y, epochs: 2, verbose: 0);
        NDArray logits = model.Call(x);
        NDArray f_x = Nn.Softmax(logits);
        Assert.Contains("logits, not probabilities: take Nn.Softmax(model.Predict(x))", Assert.Single(model.CompileNotes), StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(1, f_x[i].ToArray<float>().Sum(), 1e-5f));
    }

    // Lesson 17: the accurate logistic form.
    [Fact]
    public void L17_a_logit_becomes_a_probability_by_sigmoid()
    {
        var model = new Sequential([new Dense(25, "sigmoid"), new Dense(15, "sigmoid"), new Dense(1, "linear")], seed: 1);
        model.Compile("adam", new BinaryCrossentropy(fromLogits: true));
        (NDArray x, NDArray y) = Problems.Signs(40);
        model.Fit(x, y, epochs: 2, verbose: 0);
        NDArray f_x = Nn.Sigmoid(model.Call(x));
        Assert.All(f_x.ToArray<float>(), p => Assert.InRange(p, 0, 1));
    }

    // Lesson 18: MNIST with Adam.
    [Fact]
    public void L18_the_digit_model_with_Adam()
    {
        var model = new Sequential([new Dense(units: 25, activation: "sigmoid"), new Dense(units: 15, activation: "sigmoid"), new Dense(units: 10, activation: "linear")], seed: 1);
        model.Compile(optimizer: new Adam(learningRate: 1e-3), loss: new SparseCategoricalCrossentropy(fromLogits: true));
        (NDArray x, NDArray y) = Problems.Digits(40);
        History history = model.Fit(x, y, epochs: 3, verbose: 0);
        Assert.True(history["loss"][^1] < history["loss"][0]);
    }

    // Lesson 20: parameter counts.
    [Theory]
    [InlineData(400, 1, 10_431)]
    [InlineData(784, 10, 20_175)]
    [InlineData(400, 10, 10_575)]
    public void L20_the_course_s_networks_have_these_many_parameters(int inputs, int outputs, int parameters)
    {
        var model = new Sequential([new InputLayer(inputs), new Dense(25, "relu"), new Dense(15, "relu"), new Dense(outputs)]);
        Assert.Equal(parameters, model.CountParams());
    }

    // Lesson 29: labels from 1 to N, where Keras counts from 0.
    [Fact]
    public void L29_a_label_of_10_with_10_units_is_explained()
    {
        var model = new Sequential([new Dense(10)]);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true));
        int[] labels = [.. Enumerable.Range(1, 10)];
        var error = Assert.Throws<TrainingDataException>(() => model.Fit(Problems.Digits(10).X, labels, verbose: 0));
        Assert.Contains("received 10 at row 9", error.Message, StringComparison.Ordinal);
        Assert.Contains("run from 1 to 10", error.Message, StringComparison.Ordinal);
        Assert.Contains("labelBase: 1", error.Message, StringComparison.Ordinal);
    }

    // Lessons 36 and 37: one network with three outputs; the loss is the mean of three, and the outputs need not sum to 1.
    [Fact]
    public void L37_a_multi_label_loss_is_the_mean_of_its_outputs_losses()
    {
        NDArray y = new double[,] { { 1, 0, 1 }, { 0, 0, 1 }, { 1, 1, 0 } };
        NDArray p = new[,] { { 0.8, 0.1, 0.6 }, { 0.3, 0.2, 0.9 }, { 0.7, 0.6, 0.4 } };
        double[] columns = [.. Enumerable.Range(0, 3).Select(c => new BinaryCrossentropy().Call(y[.., c].Reshape(3, 1), p[.., c].Reshape(3, 1)).Item<double>())];
        Assert.Equal(columns.Average(), new BinaryCrossentropy().Call(y, p).Item<double>(), 1e-15);

        var model = new Sequential([new Dense(8, "relu"), new Dense(3, "sigmoid")], seed: 1);
        model.Compile("adam", new BinaryCrossentropy(), ["accuracy"]);
        model.Build([3]);
        Assert.Contains(model.CompileNotes, n => n.Contains("binary_accuracy", StringComparison.Ordinal));
        Assert.True(double.IsFinite(model.Fit(p, y, epochs: 2, verbose: 0)["loss"][1]));
    }
}
