using Nabla.Data;
using static Nabla.Explain.Tests.Doctor.Patients;

namespace Nabla.Explain.Tests.Doctor;

/// <summary>Sick and healthy networks of kinds for which no threshold was made: other optimizers, layers, losses, sizes of data.</summary>
public sealed class UnseenPatientsTests
{
    [Theory]
    [InlineData("deep residual functional model of sigmoids without its shortcuts", "vanishing-gradients")]
    [InlineData("kernels of three axes, ten sigmoids", "vanishing-gradients")]
    [InlineData("embedding below twelve small tanhs", "vanishing-gradients")]
    [InlineData("relu as a layer in a model in a model, dead", "dead-relus")]
    [InlineData("relu6, dead", "dead-relus")]
    [InlineData("sigmoids as activation layers, far out", "saturated-units")]
    [InlineData("rmsprop, rate 10", "learning-rate-too-high")]
    [InlineData("nadam, rate 1e-9", "learning-rate-too-low")]
    [InlineData("one of fifty rare", "class-imbalance")]
    [InlineData("regression, one target is 1e30", "not-finite")]
    [InlineData("embedding of zeros before twins", "symmetric-units")]
    [InlineData("eight rows, two of them contradict", "conflicting-labels")]
    public void The_sick_are_found_without_training(string patient, string rule)
    {
        (Model model, NDArray x, NDArray y) = Sick(patient);
        Found(model.Diagnose(x, y), rule);
    }

    [Theory]
    [InlineData("residual functional model of sigmoids")]
    [InlineData("kernels of three axes, ten relus")]
    [InlineData("embedding below relus")]
    [InlineData("leaky relus that are all below 0")]
    [InlineData("batch normalization and dropout, nadam")]
    [InlineData("regression with outliers, huber, rmsprop")]
    [InlineData("one of eight rare")]
    [InlineData("eight rows")]
    [InlineData("xor, adamax")]
    [InlineData("text labels, adagrad")]
    [InlineData("momentum and a schedule to 0")]
    [InlineData("two layers of gelu, lion")]
    public void The_healthy_are_left_alone_before_in_and_after_training(string name)
    {
        (Model model, NDArray x, NDArray y, int epochs) = Healthy(name);
        Silent(model.Diagnose(x, y), "before");
        double before = model.Evaluate(x, y).Loss;
        Silent(Trained(model, x, y, epochs), "in training");
        Assert.True(model.Evaluate(x, y).Loss < 0.8 * before, $"{name}: the loss was {before} and is {model.Evaluate(x, y).Loss}: a run that does not learn proves nothing");
        Silent(model.Diagnose(x, y), "after");

        void Silent(Diagnosis diagnosis, string when) => Assert.True(diagnosis.IsHealthy, $"{name}, {when}: {diagnosis}");
    }

    [Fact]
    public void Trying_a_rate_changes_no_bit_of_the_model()
    {
        (Model model, NDArray x, NDArray y, _) = Healthy("batch normalization and dropout, nadam");
        model.TrainOnBatch(x, y);
        float[][] before = [.. model.GetWeights().Select(w => w.ToArray<float>())];
        double[][] remembered = [.. model.Compilation!.State!.All.Select(v => v.Value.AsType(DType.Float64).ToArray<double>())];
        model.Diagnose(x, y);
        Assert.Equal(before, model.GetWeights().Select(w => w.ToArray<float>()));
        Assert.Equal(remembered, model.Compilation.State.All.Select(v => v.Value.AsType(DType.Float64).ToArray<double>()));
    }

    // A schedule that has come to its end is meant so.
    [Fact]
    [Trait("Lesson", "L43")]
    public void A_tiny_rate_after_a_training_is_a_hint()
    {
        (NDArray x, NDArray y) = Points(256);
        Sequential model = Compiled(new Sequential([new InputLayer(4), new Dense(8, "tanh"), new Dense(1)], seed: 1), new BinaryCrossentropy(fromLogits: true), new Adam(0.01));
        model.TrainOnBatch(x, y);
        model.Optimizer!.LearningRate = 1e-9;
        Diagnosis diagnosis = model.Diagnose(x, y);
        Assert.Empty(diagnosis.Findings);
        Assert.Contains("too low", Assert.Single(diagnosis.Hints, h => h.Rule == "learning-rate-too-low").Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L51")]
    public void Of_a_large_model_some_gradients_are_nudged_and_that_is_said()
    {
        Sequential model = Compiled(new Sequential([new InputLayer(640), new Dense(600, "relu"), new Nabla.Lambda(t => (t.StopGradient() * 0.5) + (t * 0.5)), new Dense(1)], seed: 1), "mse");
        Random random = new(3);
        NDArray x = NDArray.Create<float>([.. Enumerable.Range(0, 8 * 640).Select(_ => (float)random.NextDouble() - 0.5f)], [8, 640]);
        Advice advice = Found(model.Diagnose(x, NDArray.Ones(DType.Float32, [8, 1])), "wrong-gradient");
        Assert.Matches("^[0-9]+ of [0-9]+ that were nudged, chosen among 385,201, for 1 sample ", advice.Evidence["weights that disagree"]);
    }

    private static (Model Model, NDArray X, NDArray Y) Sick(string patient)
    {
        (NDArray points, NDArray sides) = Points(128);
        Loss yesOrNo = new BinaryCrossentropy(fromLogits: true);
        switch (patient)
        {
            case "deep residual functional model of sigmoids without its shortcuts":
                return (Tower(10, shortcut: false), points, sides);
            case "kernels of three axes, ten sigmoids":
                return (Cubes("sigmoid", "glorot_uniform"), points.Reshape(128, 2, 2), sides);
            case "embedding below twelve small tanhs":
                return (Words("tanh", new RandomNormal(0, 0.1), 12), Spoken(128), sides);
            case "relu as a layer in a model in a model, dead":
                Sequential inner = new([new InputLayer(4), new Dense(8, biasInitializer: new ConstantInitializer(-50)), new ReLU()], name: "inner");
                return (Made(yesOrNo, new Adam(0.01), new Sequential([new InputLayer(4), inner, new Dense(4, "tanh")], name: "middle"), new Dense(1)), points, sides);
            case "relu6, dead":
                return (Made(yesOrNo, new Adam(0.01), new Dense(8, "relu6", biasInitializer: new ConstantInitializer(-50)), new Dense(1)), points, sides);
            case "sigmoids as activation layers, far out":
                return (Made(yesOrNo, new Adam(0.01), new Dense(8, kernelInitializer: new RandomNormal(0, 100)), new Activation("sigmoid"), new Dense(1)), points, sides);
            case "rmsprop, rate 10":
                return (Made(yesOrNo, new RMSprop(10), new Dense(8, "tanh"), new Dense(1)), points, sides);
            case "nadam, rate 1e-9":
                return (Made(yesOrNo, new Nadam(1e-9), new Dense(8, "tanh"), new Dense(1)), points, sides);
            case "one of fifty rare":
                return (Made(yesOrNo, new Adam(0.01), new Dense(8, "tanh"), new Dense(1)), Points(300).X, NDArray.Create<float>([.. Enumerable.Range(0, 300).Select(i => i % 50 == 0 ? 1f : 0)], [300, 1]));
            case "regression, one target is 1e30":
                float[] prices = [.. Enumerable.Range(0, 128).Select(i => i == 50 ? 1e30f : i)];
                return (Made("mse", new Adam(0.01), new Dense(8, "relu"), new Dense(1)), points, NDArray.Create<float>(prices, [128, 1]));
            case "embedding of zeros before twins":
                return (Made(yesOrNo, new Adam(0.01), new Embedding(6, 3), new Flatten(), new Dense(4, "relu", kernelInitializer: "ones"), new Dense(1, kernelInitializer: "ones")), Spoken(128), sides);
            default:
                NDArray few = new[,] { { 1f, 2f }, { 1, 2 }, { 2, 1 }, { 0, 1 }, { 3, 3 }, { 2, 2 }, { 1, 0 }, { 0, 3 } };
                return (Made(yesOrNo, new Adam(0.01), new Dense(4, "relu"), new Dense(1)), few, new[,] { { 0f }, { 1 }, { 1 }, { 0 }, { 1 }, { 0 }, { 1 }, { 0 } });
        }
    }

    private static (Model Model, NDArray X, NDArray Y, int Epochs) Healthy(string name)
    {
        (NDArray points, NDArray sides) = Points(128);
        Loss yesOrNo = new BinaryCrossentropy(fromLogits: true);
        Loss classes = new SparseCategoricalCrossentropy(fromLogits: true);
        Random random = new(8);
        switch (name)
        {
            case "residual functional model of sigmoids":
                return (Tower(10, shortcut: true), points, sides, 10);
            case "kernels of three axes, ten relus":
                return (Cubes("relu", "he_normal"), points.Reshape(128, 2, 2), sides, 10);
            case "embedding below relus":
                NDArray said = Spoken(128);
                int[] words = said.ToArray<int>();
                return (Words("relu", new HeNormal(), 2), said, NDArray.Create<float>([.. Enumerable.Range(0, 128).Select(i => words[3 * i] > 2 ? 1f : 0)], [128, 1]), 20);
            case "leaky relus that are all below 0":
                return (Made(yesOrNo, new Adam(0.02), new Dense(8, biasInitializer: new ConstantInitializer(-5)), new LeakyReLU(), new Dense(1)), points, sides, 20);
            case "batch normalization and dropout, nadam":
                return (Made(yesOrNo, new Nadam(0.01), new Dense(16, useBias: false), new BatchNormalization(), new Activation("relu"), new Dropout(0.3), new Dense(1)), points, sides, 10);
            case "regression with outliers, huber, rmsprop":
                float[] x = [.. Enumerable.Range(0, 200).Select(_ => (float)((random.NextDouble() * 4) - 2))];
                float[] y = [.. x.Select((v, i) => i % 40 == 7 ? 8 : MathF.Sin(2 * v) + (0.1f * (float)random.NextDouble()))];
                return (Made("huber", new RMSprop(0.005), new Dense(32, "tanh"), new Dense(1)), NDArray.Create<float>(x, [200, 1]), NDArray.Create<float>(y, [200, 1]), 60);
            case "one of eight rare":
                float[] rare = [.. Enumerable.Range(0, 400).SelectMany(i => new[] { (float)random.NextDouble() + (i % 8 == 0 ? 1 : 0), (float)random.NextDouble() })];
                return (Made(yesOrNo, new Adam(0.02), new Dense(8, "relu"), new Dense(1)), NDArray.Create<float>(rare, [400, 2]), NDArray.Create<float>([.. Enumerable.Range(0, 400).Select(i => i % 8 == 0 ? 1f : 0)], [400, 1]), 10);
            case "eight rows":
                return (Made(yesOrNo, new Adam(0.05), new Dense(6, "relu"), new Dense(1)), points[..8], sides[..8], 40);
            case "xor, adamax":
                return (Made(yesOrNo, new Adamax(0.05), new Dense(16, "tanh"), new Dense(1)), new[,] { { 0f, 0f }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, new[,] { { 0f }, { 1 }, { 1 }, { 0 } }, 200);
            case "text labels, adagrad":
                (NDArray flowers, NDArray kinds) = (Iris.Load().X, Iris.Load().Y);
                return (Made(classes, new Adagrad(0.1), new Dense(16, "relu"), new Dense(3)), flowers, kinds, 20);
            case "momentum and a schedule to 0":
                return (Made(yesOrNo, new SGD(new CosineDecay(0.1, 40), momentum: 0.9), new Dense(8, "relu"), new Dense(1)), points, sides, 10);
            default:
                return (Made(yesOrNo, new Lion(0.003), new Dense(16, "gelu"), new Dense(16, "gelu"), new Dense(1)), points, sides, 15);
        }
    }

    private static Model Tower(int floors, bool shortcut)
    {
        Input input = new([4]);
        LayerTensor value = new Dense(8).Call(input);
        for (int i = 0; i < floors; i++)
        {
            LayerTensor inner = new Dense(8, "sigmoid").Call(value);
            value = shortcut ? new Add().Call([value, inner]) : inner;
        }

        Model model = new(input, new Dense(1).Call(value), seed: 2);
        model.Compile(new Adam(0.01), new BinaryCrossentropy(fromLogits: true), verbose: 0);
        return model;
    }

    private static Model Cubes(string activation, string initializer) => Made(
        new BinaryCrossentropy(fromLogits: true),
        new Adam(0.005),
        [.. Enumerable.Range(0, 10).Select(_ => new EinsumDense("bij,ijkl->bkl", [4, 2], activation, kernelInitializer: initializer)), new Flatten(), new Dense(1)]);

    private static Model Words(string activation, Initializer initializer, int layers) => Made(
        new BinaryCrossentropy(fromLogits: true),
        new Adam(0.01),
        [new Embedding(6, 4), new Flatten(), .. Enumerable.Range(0, layers).Select(_ => new Dense(8, activation, kernelInitializer: initializer)), new Dense(1)]);

    private static NDArray Spoken(int rows)
    {
        Random random = new(5);
        return NDArray.Create<int>([.. Enumerable.Range(0, 3 * rows).Select(_ => random.Next(6))], [rows, 3]);
    }

    private static Sequential Made(Loss loss, Optimizer optimizer, params Layer[] layers)
    {
        Sequential model = new(layers, seed: 4);
        model.Compile(optimizer, loss, verbose: 0);
        return model;
    }
}
