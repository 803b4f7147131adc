namespace Nabla.Tests.Training;

/// <summary>The course of a training through the public surface.</summary>
public sealed class FitTests
{
    [Fact]
    public void The_lecture_s_model_trains_line_by_line()
    {
        (NDArray x, NDArray y) = Problems.Digits(64);
        var model = new Sequential([new Dense(units: 25, activation: "relu"), new Dense(15, "relu"), new Dense(10, "linear")], seed: 1);
        model.Compile(optimizer: new Adam(learningRate: 1e-2), loss: new SparseCategoricalCrossentropy(fromLogits: true), metrics: ["accuracy"]);
        History history = model.Fit(x, y, epochs: 3, verbose: 0);
        Assert.Equal(["accuracy", "loss"], history.Keys);
        Assert.True(history["loss"][^1] < history["loss"][0]);
        Assert.Equal([64, 10], model.Call(x).Dims.Sizes);
    }

    [Fact]
    public void A_network_learns_what_a_line_cannot_separate()
    {
        (NDArray x, NDArray y) = Problems.Signs(200);
        Sequential model = new([new Dense(16, "tanh"), new Dense(1)], seed: 1);
        model.Compile(new Adam(0.03), new BinaryCrossentropy(fromLogits: true), [new BinaryAccuracy("accuracy", threshold: 0)]);
        model.Fit(x, y, epochs: 60, verbose: 0);
        Assert.True(model.Evaluate(x, y)["accuracy"] > 0.95);
    }

    [Fact]
    public void The_same_model_learns_by_gradient_descent_and_by_Adam()
    {
        (NDArray x, NDArray y) = Problems.Digits(60);
        foreach (Optimizer optimizer in new Optimizer[] { new SGD(0.5), new SGD(0.1, momentum: 0.9, nesterov: true), new Adam(0.01), new RMSprop(0.01) })
        {
            Sequential model = new([new Dense(16, "relu"), new Dense(10)], seed: 2);
            model.Compile(optimizer, new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
            History history = model.Fit(x, y, epochs: 20, verbose: 0);
            Assert.True(history["loss"][^1] < 0.7 * history["loss"][0], $"{optimizer.Name}: {history}");
        }
    }

    [Fact]
    public void Labels_may_be_whole_floats_and_columns()
    {
        (NDArray x, NDArray y) = Problems.Digits(40);
        double Loss(NDArray labels)
        {
            Sequential model = Classifier();
            return model.Fit(x, labels, verbose: 0)["loss"][0];
        }

        Assert.Equal(Loss(y), Loss(y.AsType(DType.Float64)));
        Assert.Equal(Loss(y), Loss(y.Reshape(-1, 1).AsType(DType.UInt8)));
    }

    [Fact]
    public void Labels_from_1_are_taken_on_request()
    {
        (NDArray x, NDArray y) = Problems.Digits(40);
        NDArray fromOne = NDArray.From(y.ToArray<int>().Select(c => c + 1).ToArray());
        Sequential Model(int labelBase)
        {
            Sequential model = new([new Dense(10)], seed: 4);
            model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true, labelBase: labelBase), ["accuracy"]);
            return model;
        }

        History zero = Model(0).Fit(x, y, epochs: 2, verbose: 0);
        History one = Model(1).Fit(x, fromOne, epochs: 2, verbose: 0);
        Assert.Equal(zero["loss"], one["loss"]);
        Assert.Equal(zero["accuracy"], one["accuracy"]);
    }

    [Fact]
    public void Pixels_stay_bytes_and_give_what_floats_give()
    {
        NDArray y = Problems.Digits(40).Y;
        var bytes = new byte[40, 12];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i / 12, i % 12] = (byte)(i * 37 % 256);
        }

        NDArray x = NDArray.From(bytes);
        double Loss(NDArray samples)
        {
            Sequential model = new([new Rescaling(1 / 255.0), new Dense(10)], seed: 4);
            model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true));
            return model.Fit(samples, y, epochs: 3, verbose: 0)["loss"][2];
        }

        Assert.Equal(Loss(x.AsType(DType.Float32)), Loss(x));
        Assert.Equal(DType.UInt8, DataCheck.Inputs(new Sequential([new Dense(1)]), "test", x)[0].DType);
    }

    [Fact]
    public void One_number_a_sample_is_a_column()
    {
        Sequential model = new([new Dense(1)], seed: 1);
        model.Compile(new SGD(0.1), "mse");
        float[] x = [.. Enumerable.Range(0, 20).Select(i => i / 10f)];
        model.Fit(x, x.Select(v => 3 * v + 1).ToArray(), epochs: 200, verbose: 0);
        Assert.Equal(7, model.Predict(new float[] { 2 }).Item<double>(), 1e-2);
    }

    [Fact]
    public void The_last_samples_are_held_out_before_shuffling()
    {
        (NDArray x, NDArray y) = Problems.Digits(50);
        Sequential split = Classifier();
        Sequential given = Classifier();
        History one = split.Fit(x, y, epochs: 2, verbose: 0, validationSplit: 0.2);
        History two = given.Fit(x[..40], y[..40], epochs: 2, verbose: 0, validationData: (x[40..], y[40..]));
        Assert.Equal(["accuracy", "loss", "val_accuracy", "val_loss"], one.Keys);
        foreach (string key in one.Keys)
        {
            Assert.Equal(two[key], one[key]);
        }
    }

    [Fact]
    public void Validation_may_come_every_second_epoch()
    {
        (NDArray x, NDArray y) = Problems.Digits(50);
        History history = Classifier().Fit(x, y, epochs: 5, verbose: 0, validationSplit: 0.2, validationFrequency: 2);
        Assert.Equal(5, history["loss"].Count);
        Assert.Equal(2, history["val_loss"].Count);
    }

    [Fact]
    public void Evaluation_does_not_depend_on_the_batch_size()
    {
        (NDArray x, NDArray y) = Problems.Digits(50);
        Sequential model = Classifier();
        model.Fit(x, y, verbose: 0);
        double whole = model.Evaluate(x, y, batchSize: 50).Loss;
        Assert.Equal(whole, model.Evaluate(x, y, batchSize: 7).Loss, 1e-6);
        Assert.Equal(whole, model.Evaluate(x, y, batchSize: 500).Loss);
    }

    [Fact]
    public void Predictions_do_not_depend_on_the_batch_size()
    {
        (NDArray x, NDArray y) = Problems.Digits(50);
        Sequential model = Classifier();
        model.Fit(x, y, verbose: 0);
        Assert.Equal(model.Call(x).ToArray<float>(), model.Predict(x, batchSize: 50).ToArray<float>());
        foreach ((float a, float b) in model.Predict(x, batchSize: 7).ToArray<float>().Zip(model.Call(x).ToArray<float>()))
        {
            Assert.Equal(a, b, 1e-5f);
        }
    }

    [Fact]
    public void Each_batch_size_is_compiled_once_and_reported()
    {
        (NDArray x, NDArray y) = Problems.Digits(50);
        Sequential model = Classifier();
        for (int again = 0; again < 2; again++)
        {
            model.Fit(x, y, epochs: 2, verbose: 0);
            model.Predict(x);
            model.Evaluate(x, y);
        }

        Assert.Equal(
            ["train, batch 32 of 50", "train, batch 18 of 50", "predict, batch 32", "predict, batch 18", "evaluate, batch 32", "evaluate, batch 18"],
            model.CompiledPlans);
    }

    [Fact]
    public void Cancelling_ends_after_the_step_and_leaves_a_usable_model()
    {
        (NDArray x, NDArray y) = Problems.Digits(64);
        Sequential model = Classifier();
        using CancellationTokenSource source = new();
        Teller teller = new(p =>
        {
            if (p is { Epoch: 1, IsEpochEnd: true })
            {
                source.Cancel();
            }
        });
        History history = model.Fit(x, y, batchSize: 16, epochs: 100, verbose: 0, progress: teller, cancellationToken: source.Token);
        Assert.True(history.Cancelled);
        Assert.Equal([0, 1], history.Epochs);
        Assert.Equal(8, history.Steps);
        Assert.Equal([64, 10], model.Predict(x).Dims.Sizes);
        Assert.False(model.Fit(x, y, verbose: 0).Cancelled);
    }

    [Fact]
    public void The_learning_rate_may_change_between_epochs_without_compiling()
    {
        (NDArray x, NDArray y) = Problems.Digits(32);
        Sequential model = Classifier();
        model.Fit(x, y, verbose: 0);
        float[] before = model.Weights[0].Value.ToArray<float>();
        int plans = model.CompiledPlans.Count;
        model.Optimizer!.LearningRate = 0;
        model.Fit(x, y, verbose: 0);
        Assert.Equal(before, model.Weights[0].Value.ToArray<float>());
        Assert.Equal(plans, model.CompiledPlans.Count);
    }

    [Fact]
    public void Frozen_layers_stay()
    {
        (NDArray x, NDArray y) = Problems.Digits(32);
        Dense frozen = new(8, "relu", trainable: false);
        Sequential model = new([frozen, new Dense(10)], seed: 1);
        model.Compile("sgd", new SparseCategoricalCrossentropy(fromLogits: true));
        model.BuildFor([x.Type]);
        float[] before = frozen.Weights[0].Value.ToArray<float>();
        float[] other = model.Layers[1].Weights[0].Value.ToArray<float>();
        model.Fit(x, y, verbose: 0);
        Assert.Equal(before, frozen.Weights[0].Value.ToArray<float>());
        Assert.NotEqual(other, model.Layers[1].Weights[0].Value.ToArray<float>());
    }

    [Fact]
    public void A_step_whose_loss_is_not_finite_is_not_applied()
    {
        Sequential model = new([new InputLayer(1), new Dense(1)], seed: 1);
        model.Compile(new SGD(0.1), "mse");
        float[] before = model.Weights[0].Value.ToArray<float>();

        // 1e30 squared is beyond float32: the first loss is infinite.
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => model.Fit(new float[] { 1 }, new float[] { 1e30f }, verbose: 0));
        Assert.Equal((1, 1), (error.Epoch, error.Step));
        Assert.Contains("The step was not applied", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Weights[0].Value.ToArray<float>());
        Assert.Equal(0, model.Compilation!.State!.Iteration.Value.Item<long>());
    }

    // The one step's loss is finite, so only the weights it leaves can tell.
    [Fact]
    public void Weights_that_the_last_step_has_broken_are_told()
    {
        Sequential model = new([new Dense(1, name: "only")], name: "net", seed: 1);
        model.Compile(new SGD(1e38), "mse");
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => model.Fit(new float[,] { { 1000 }, { 2000 } }, new float[,] { { 1 }, { 2 } }, verbose: 0));
        Assert.Equal((1, 1), (error.Epoch, error.Step));
        Assert.Contains("'net': Fit expected finite weights, received NaN or infinity in only/kernel, only/bias after step 1 of 1 in epoch 1.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Try a smaller learning rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_were_broken_before_cancelling_are_told()
    {
        using CancellationTokenSource source = new();
        Sequential model = new([new Dense(1)], seed: 1);
        model.Compile(new SGD(1e38), "mse");
        Teller teller = new(_ => source.Cancel());
        Assert.Throws<TrainingDivergedException>(() => model.Fit(new float[,] { { 1000 }, { 2000 } }, new float[,] { { 1 }, { 2 } }, batchSize: 1, verbose: 0, progress: teller, cancellationToken: source.Token));
    }

    // The squares of the gradients are beyond float32, the loss is not.
    [Fact]
    public void Gradients_too_long_to_clip_are_told_and_change_nothing()
    {
        Sequential model = new([new Dense(1, useBias: false, kernelInitializer: Initializer.Zeros)], seed: 1);
        model.Compile(new SGD(0.1, globalClipNorm: 1), "mse");
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => model.Fit(new float[,] { { 1e15f } }, new float[,] { { 1e15f } }, verbose: 0));
        Assert.Contains("Fit expected gradients of a finite global norm, received infinity in epoch 1 at step 1 of 1. The step was not applied", error.Message, StringComparison.Ordinal);
        Assert.Equal([0f], model.Weights[0].Value.ToArray<float>());
    }

    [Fact]
    public void Many_threads_may_predict_on_one_model()
    {
        (NDArray x, NDArray y) = Problems.Digits(50);
        Sequential model = Classifier();
        model.Fit(x, y, verbose: 0);
        float[] expected = model.Predict(x, batchSize: 50).ToArray<float>();
        Parallel.For(0, 40, i => Assert.Equal(expected, model.Predict(x, batchSize: 50).ToArray<float>()));
    }

    [Fact]
    public void Many_threads_may_evaluate_one_model()
    {
        (NDArray x, NDArray y) = Problems.Digits(50);
        Sequential model = Classifier();
        model.Fit(x, y, verbose: 0);
        double expected = model.Evaluate(x, y).Loss;
        Parallel.For(0, 40, i => Assert.Equal(expected, model.Evaluate(x, y).Loss));
    }

    [Fact]
    public void A_second_fit_at_the_same_time_is_refused()
    {
        (NDArray x, NDArray y) = Problems.Digits(50);
        Sequential model = Classifier();
        InvalidOperationException? error = null;
        model.Fit(x, y, verbose: 0, progress: new Teller(_ => error ??= Assert.Throws<InvalidOperationException>(() => model.Fit(x, y, verbose: 0))));
        Assert.Contains("being fitted already", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compiling_again_forgets_what_the_optimizer_remembered()
    {
        (NDArray x, NDArray y) = Problems.Digits(50);
        Sequential model = Classifier();
        model.Fit(x, y, verbose: 0);
        Assert.Equal(2, model.Compilation!.State!.Iteration.Value.Item<long>());
        model.Compile("sgd", new SparseCategoricalCrossentropy(fromLogits: true));
        model.Fit(x, y, verbose: 0);
        Assert.Equal(2, model.Compilation!.State!.Iteration.Value.Item<long>());
    }

    private static Sequential Classifier()
    {
        Sequential model = new([new Dense(12, "relu"), new Dense(10)], seed: 3);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
        return model;
    }
}
