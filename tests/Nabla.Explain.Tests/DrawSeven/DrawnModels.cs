using Nabla.Data;

namespace Nabla.Explain.Tests.DrawSeven;

/// <summary>Classifiers that have learned a little, made once for all tests.</summary>
internal static class DrawnModels
{
    private static readonly Lazy<(Sequential, DrawSevenOptions)> OfMnist = new(() => Train(Mnist.LoadSet(), 3000, "mnist", "adam"));

    /// <summary>The course's 784-25-15-10, trained by Adam on 3,000 of MNIST's digits.</summary>
    public static (Sequential Model, DrawSevenOptions Options) ForMnist => OfMnist.Value;

    /// <summary>A network for the 8x8 digits.</summary>
    public static (Sequential Model, DrawSevenOptions Options) ForDigits(Optimizer optimizer, params Layer[] hidden) => Train(Data.Digits.Load(), 600, "digits", optimizer, hidden);

    /// <summary>Compiled, with its first weights.</summary>
    public static Sequential Untrained(Loss loss, int classes = 10, params Layer[] hidden)
    {
        Sequential model = new([new InputLayer(64), .. hidden, new Dense(classes)], name: "sequential", seed: 1);
        model.Compile("adam", loss, verbose: 0);
        return model;
    }

    private static (Sequential, DrawSevenOptions) Train(DataSet set, int samples, string name, Optimizer optimizer, params Layer[] hidden)
    {
        ImageShape image = set.Image!;
        Layer[] layers = hidden.Length > 0 ? hidden : [new Dense(25, "relu", name: "first"), new Dense(15, "relu", name: "second")];
        IEnumerable<Layer> flat = set.X.Dims.Rank == 3 ? [new Flatten()] : [];
        Sequential model = new([new InputLayer(set.X.Dims[1..]), new Rescaling(1.0 / image.MaxValue), .. flat, .. layers, new Dense(10, name: "scores")], name: name, seed: 3);
        model.Compile(optimizer, new SparseCategoricalCrossentropy(fromLogits: true), verbose: 0);
        model.Fit(set.X[..samples], set.Y[..samples], epochs: 2, verbose: 0);
        DrawSevenOptions options = new()
        {
            Height = image.Height,
            Width = image.Width,
            MaxValue = image.MaxValue,
            Examples = set.X[samples..(samples + 10)],
            ExampleLabels = set.Y[samples..(samples + 10)],
        };
        return (model, options);
    }
}
