using Nabla.Data;
using static Nabla.Explain.Tests.Doctor.Patients;

namespace Nabla.Explain.Tests.Doctor;

/// <summary>Sensible trainings of many kinds: the doctor must find nothing.</summary>
public sealed class HealthyRunTests
{
    public static TheoryData<string, int> Runs
    {
        get
        {
            TheoryData<string, int> runs = [];
            foreach (string name in new[] { "mnist", "digits", "iris", "wine", "breast-cancer", "moons", "circles", "spirals", "housing", "sine", "coffee", "line", "softmax-regression" })
            {
                // The larger ones once: other seeds have the small ones.
                for (int seed = 1; seed <= (name is "mnist" or "digits" or "breast-cancer" ? 1 : 3); seed++)
                {
                    runs.Add(name, seed);
                }
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_healthy_run_has_no_findings(string name, int seed)
    {
        (Sequential model, NDArray x, NDArray y, int epochs) = Run(name, seed);
        model.Build(x.Dims[1..]);
        double before = model.Evaluate(x, y).Loss;
        Diagnosis watched = Trained(model, x, y, epochs, options: new FitOptions { ValidationSplit = 0.2 });

        // Healthy means that it learned: a run that does not would prove nothing.
        Assert.True(model.Evaluate(x, y).Loss < 0.7 * before, $"{name}: the loss was {before} and is {model.Evaluate(x, y).Loss}");
        Assert.True(watched.IsHealthy, $"{name}, seed {seed}, watched: {watched}");
        Diagnosis after = model.Diagnose(x, y);
        Assert.True(after.IsHealthy, $"{name}, seed {seed}, afterwards: {after}");
    }

    private static (Sequential Model, NDArray X, NDArray Y, int Epochs) Run(string name, int seed)
    {
        Loss classes = new SparseCategoricalCrossentropy(fromLogits: true);
        Loss yesOrNo = new BinaryCrossentropy(fromLogits: true);
        switch (name)
        {
            case "mnist":
                DataSplit mnist = Mnist.Load();
                return (Made(seed, classes, new Adam(0.002), new Flatten(), new Rescaling(1 / 255.0), new Dense(25, "relu"), new Dense(15, "relu"), new Dense(10)), mnist.XTrain[..2000], mnist.YTrain[..2000], 4);
            case "digits":
                (NDArray pixels, NDArray numbers) = Shuffled(Digits.Load());
                return (Made(seed, classes, new Adam(0.005), new Flatten(), new Rescaling(1 / 16.0), new Dense(32, "relu"), new Dense(10)), pixels, numbers, 5);
            case "iris":
                (NDArray flowers, NDArray kinds) = Shuffled(Iris.Load());
                return (Made(seed, classes, new Adam(0.02), new Dense(16, "relu"), new Dense(3)), flowers, kinds, 40);
            case "wine":
                (NDArray wines, NDArray growers) = Shuffled(Wine.Load());
                return (Made(seed, classes, new Adam(0.01), Scaled(wines), new Dense(16, "relu"), new Dense(3)), wines, growers, 20);
            case "breast-cancer":
                (NDArray cells, NDArray verdicts) = Shuffled(BreastCancer.Load());
                return (Made(seed, yesOrNo, new Adam(0.01), Scaled(cells), new Dense(16, "relu"), new Dense(1)), cells, verdicts, 10);
            case "moons":
                (NDArray moons, NDArray sides) = Shuffled(Generate.Moons(300, seed: seed));
                return (Made(seed, yesOrNo, new Adam(0.02), new Dense(16, "relu"), new Dense(8, "relu"), new Dense(1)), moons, sides, 30);
            case "circles":
                (NDArray circles, NDArray rings) = Shuffled(Generate.Circles(300, seed: seed));
                return (Made(seed, yesOrNo, new Adam(0.02), new Dense(16, "tanh"), new Dense(1)), circles, rings, 40);
            case "spirals":
                (NDArray spirals, NDArray arms) = Shuffled(Generate.Spirals(300, turns: 0.7, seed: seed));
                return (Made(seed, classes, new Adam(0.02), new Dense(32, "relu"), new BatchNormalization(), new Dense(16, "relu"), new Dense(2)), spirals, arms, 40);
            case "housing":
                (NDArray houses, NDArray prices) = Houses(seed);
                return (Made(seed, "mse", new Adam(0.05), Scaled(houses), new Dense(16, "relu"), new Dense(1)), houses, prices, 40);
            case "sine":
                (NDArray angles, NDArray sines) = Generate.Sine(300, seed: seed);
                return (Made(seed, "mse", new Adam(0.02), new Dense(16, "tanh"), new Dense(1)), angles, sines, 60);
            case "coffee":
                (NDArray roasts, NDArray good) = Generate.CoffeeRoasting(400, seed: seed);
                return (Made(seed, new BinaryCrossentropy(), new Adam(0.05), Scaled(roasts), new Dense(8, "sigmoid"), new Dense(1, "sigmoid")), roasts, good, 80);
            case "line":
                (NDArray xs, NDArray ys) = Generate.Linear(seed: seed);
                return (Made(seed, "mse", new SGD(0.05), new Dense(1)), xs, ys, 20);
            default:
                (NDArray rows, NDArray labels) = Generate.Blobs(300, seed: seed);
                return (Made(seed, classes, new SGD(0.05), new Dense(3, kernelInitializer: "zeros")), rows, labels, 10);
        }
    }

    private static Sequential Made(int seed, Loss loss, Optimizer optimizer, params Layer[] layers)
    {
        Sequential model = new(layers, seed: seed);
        model.Compile(optimizer, loss, verbose: 0);
        return model;
    }

    private static Normalization Scaled(NDArray x)
    {
        Normalization layer = new();
        layer.Adapt(x);
        return layer;
    }

    // Sorted by class, the last fifth would hold one class alone.
    private static (NDArray X, NDArray Y) Shuffled(DataSet set)
    {
        DataSplit parts = set.Split(0.2);
        return (NDArray.Concat([parts.XTrain, parts.XTest]), NDArray.Concat([parts.YTrain, parts.YTest]));
    }

    private static (NDArray X, NDArray Y) Houses(int seed)
    {
        Random random = new(seed);
        var x = new float[300, 3];
        var y = new float[300, 1];
        for (int i = 0; i < 300; i++)
        {
            (x[i, 0], x[i, 1], x[i, 2]) = (50 + (150 * random.NextSingle()), random.Next(1, 7), random.Next(0, 60));
            y[i, 0] = 40 + (2.1f * x[i, 0]) + (15 * x[i, 1]) - (0.9f * x[i, 2]) + (20 * random.NextSingle());
        }

        return (x, y);
    }
}
