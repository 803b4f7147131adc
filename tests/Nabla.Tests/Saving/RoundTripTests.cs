namespace Nabla.Tests.Saving;

/// <summary>What is saved comes back bit for bit, and training goes on from a file as if it had not been interrupted.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void Weights_and_predictions_come_back_bit_for_bit()
    {
        using TemporaryFile file = new();
        Sequential model = Trained(epochs: 1);
        model.Save(file.Path);
        Sequential loaded = Sequential.Load(file.Path);
        Assert.Equal(model.Weights.Select(w => w.ToString()), loaded.Weights.Select(w => w.ToString()));
        foreach ((NDArray saved, NDArray read) in model.GetWeights().Zip(loaded.GetWeights()))
        {
            Assert.Equal(saved.ToArray<float>(), read.ToArray<float>());
        }

        NDArray x = Problems.Digits(40).X;
        Assert.Equal(model.Predict(x).ToArray<float>(), loaded.Predict(x).ToArray<float>());
    }

    public static TheoryData<string> Optimizers => ["sgd", "adam", "rmsprop"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Training_from_a_file_equals_training_without_interruption(string optimizer)
    {
        using TemporaryFile file = new();
        (NDArray x, NDArray y) = Problems.Digits(40);
        Sequential whole = Make(optimizer);
        whole.Fit(x, y, batchSize: 16, epochs: 4, verbose: 0);

        Sequential first = Make(optimizer);
        first.Fit(x, y, batchSize: 16, epochs: 2, verbose: 0);
        first.Save(file.Path);
        Sequential second = Sequential.Load(file.Path);
        History history = second.Fit(x, y, batchSize: 16, epochs: 4, initialEpoch: 2, verbose: 0);

        Assert.Equal([2, 3], history.Epochs);
        foreach ((NDArray expected, NDArray actual) in whole.GetWeights().Zip(second.GetWeights()))
        {
            Assert.Equal(expected.ToArray<float>(), actual.ToArray<float>());
        }
    }

    [Fact]
    public void Optimizer_loss_metrics_and_notes_come_back()
    {
        using TemporaryFile file = new();
        Sequential model = new([new InputLayer(4), new Rescaling(0.5, -1), new Flatten(), new Dense(3, "tanh", kernelInitializer: new HeNormal(seed: 5)), new Dense(1, "sigmoid")]);
        model.Compile(
            new SGD(0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01, clipNorm: 2),
            new BinaryCrossentropy(labelSmoothing: 0.1, reduction: "sum"),
            ["accuracy", new BinaryAccuracy("above", threshold: 0.7), "mse"]);
        model.Save(file.Path, new ModelMetadata { Columns = ["a", "b", "c", "d"], Classes = ["no", "yes"], Scale = [0.5], Offset = [-1] });
        Sequential loaded = Sequential.Load(file.Path);

        SGD sgd = Assert.IsType<SGD>(loaded.Optimizer);
        Assert.Equal((0.05, 0.9, true, 0.01, 2.0), (sgd.LearningRate, sgd.Momentum, sgd.Nesterov, sgd.WeightDecay, sgd.ClipNorm));
        BinaryCrossentropy loss = Assert.IsType<BinaryCrossentropy>(loaded.Loss);
        Assert.Equal((0.1, Reduction.Sum), (loss.LabelSmoothing, loss.Reduction));
        Assert.Equal(["a", "b", "c", "d"], loaded.Metadata!.Columns!);
        Assert.Equal(["no", "yes"], loaded.Metadata.Classes!);
        Assert.Equal([0.5], loaded.Metadata.Scale!);
        (NDArray x, NDArray y) = (NDArray.Zeros(DType.Float32, [5, 4]), NDArray.Zeros(DType.Float32, [5, 1]));
        Assert.Equal(["loss", "accuracy", "above", "mse"], loaded.Evaluate(x, y).Keys);
    }

    [Fact]
    public void Saving_the_loaded_model_gives_the_same_bytes()
    {
        using TemporaryFile file = new();
        using TemporaryFile again = new();
        Trained(epochs: 1).Save(file.Path);
        Sequential.Load(file.Path).Save(again.Path);
        Assert.Equal(File.ReadAllBytes(file.Path), File.ReadAllBytes(again.Path));
    }

    [Fact]
    public void The_output_step_follows_from_the_loss()
    {
        using TemporaryFile file = new();
        Trained(epochs: 0).Save(file.Path);
        Assert.Equal("softmax", Sequential.Load(file.Path).Metadata!.OutputStep);
    }

    [Fact]
    public void Without_the_optimizer_the_loaded_model_only_predicts()
    {
        using TemporaryFile file = new();
        Trained(epochs: 1).Save(file.Path, includeOptimizer: false);
        Sequential loaded = Sequential.Load(file.Path);
        Assert.Null(loaded.Optimizer);
        Assert.Equal([2, 10], loaded.Predict(Problems.Digits(2).X).Dims.Sizes);
    }

    private static Sequential Trained(int epochs)
    {
        (NDArray x, NDArray y) = Problems.Digits(40);
        Sequential model = Make("adam");
        model.Build([16]);
        model.Fit(x, y, batchSize: 16, epochs: epochs, verbose: 0);
        return model;
    }

    private static Sequential Make(string optimizer)
    {
        Sequential model = new([new Dense(12, "relu", name: "hidden"), new Dense(10, name: "logits")], name: "net", seed: 3);
        model.Compile(optimizer, new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
        return model;
    }
}
