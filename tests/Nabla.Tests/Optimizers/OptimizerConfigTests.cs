using System.Text.Json;

namespace Nabla.Tests.Optimizers;

/// <summary>Optimizers in files: what is written is read back, training goes on bit for bit, names and Keras' configurations are known.</summary>
public sealed class OptimizerConfigTests
{
    private static readonly Dictionary<string, Func<Optimizer>> All = new()
    {
        ["SGD"] = () => new SGD(0.02, 0.8, true, 0.01, clipNorm: 2, name: "mine"),
        ["RMSprop"] = () => new RMSprop(0.002, 0.8, 0.3, 1e-6, true, 0.02, clipValue: 3),
        ["Adam"] = () => new Adam(0.002, 0.8, 0.9, 1e-6, true, 0.02, globalClipNorm: 4, useEma: true, emaMomentum: 0.9, emaOverwriteFrequency: 2),
        ["AdamW"] = () => new AdamW(0.002, 0.1, 0.8, 0.9, 1e-6, true, gradientAccumulationSteps: 3, lossScaleFactor: 8),
        ["Adadelta"] = () => new Adadelta(0.5, 0.9, 1e-6),
        ["Adagrad"] = () => new Adagrad(0.05, 0.2, 1e-6),
        ["Adamax"] = () => new Adamax(0.002, 0.8, 0.9, 1e-6),
        ["Nadam"] = () => new Nadam(0.002, 0.8, 0.9, 1e-6),
        ["Ftrl"] = () => new Ftrl(0.05, -0.4, 0.2, 0.001, 0.002, 0.003, 0.004),
        ["Lion"] = () => new Lion(0.0005, 0.8, 0.9, weightDecay: 0.1),
        ["Lamb"] = () => new Lamb(0.002, 0.8, 0.9, 1e-6),
        ["Adafactor"] = () => new Adafactor(0.02, -0.7, 1e-20, 1e-4, 0.9, false),
        ["Muon"] = () => new Muon(0.002, 0.8, 0.9, null, 1e-6, null, excludeLayers: ["out"], excludeEmbeddings: false, muonA: 3, muonB: -4, muonC: 2, adamLrRatio: 0.5, momentum: 0.9, nsSteps: 3, nesterov: false, rmsRate: null),
        ["LossScaleOptimizer"] = () => new LossScaleOptimizer(new Adam(new CosineDecay(0.01, 50)), 1024, 3),
    };

    public static TheoryData<string> Classes => [.. All.Keys];

    public static TheoryData<string> Names => [.. All.Keys.Where(c => c != "LossScaleOptimizer")];

    [Fact]
    public void Every_class_of_the_table_is_tried_here() => Assert.Equal(OptimizerTable.ByClass.Keys.Order(), All.Keys.Order());

    [Theory]
    [MemberData(nameof(Classes))]
    public void What_is_written_is_read_back(string name)
    {
        Optimizer made = All[name]();
        made.ExcludeFromWeightDecay(names: ["bias"]);
        string written = KerasConfigs.Written(made.WriteAll);
        using JsonDocument json = JsonDocument.Parse(written);
        ConfigReader reader = KerasConfigs.Reader(json.RootElement);
        Optimizer read = OptimizerTable.ByClass[made.ClassName](reader);
        reader.Done();
        Assert.Equal(written, KerasConfigs.Written(read.WriteAll));
        Assert.Equal(name, read.ClassName);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_stands_for_the_default_arguments(string name)
    {
        Optimizer upper = name;
        Optimizer lower = name.ToLowerInvariant();
        Assert.Equal(name, upper.ClassName);
        Assert.Equal(KerasConfigs.Written(upper.WriteAll), KerasConfigs.Written(lower.WriteAll));
        Optimizer made = name switch
        {
            "SGD" => new SGD(),
            "RMSprop" => new RMSprop(),
            "Adam" => new Adam(),
            "AdamW" => new AdamW(),
            "Adadelta" => new Adadelta(),
            "Adagrad" => new Adagrad(),
            "Adamax" => new Adamax(),
            "Nadam" => new Nadam(),
            "Ftrl" => new Ftrl(),
            "Lion" => new Lion(),
            "Lamb" => new Lamb(),
            "Adafactor" => new Adafactor(),
            _ => new Muon(),
        };
        Assert.Equal(KerasConfigs.Written(made.WriteAll), KerasConfigs.Written(upper.WriteAll));
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Training_from_a_file_equals_training_without_interruption(string name)
    {
        using TemporaryFile file = new();
        (NDArray x, NDArray y) = Problems.Digits(40);
        Sequential whole = Make();
        whole.Fit(x, y, batchSize: 16, epochs: 2, verbose: 0);
        whole.Fit(x, y, batchSize: 16, epochs: 4, initialEpoch: 2, verbose: 0);

        Sequential first = Make();
        first.Fit(x, y, batchSize: 16, epochs: 2, verbose: 0);
        first.Save(file.Path);
        Sequential second = Sequential.Load(file.Path);
        second.Fit(x, y, batchSize: 16, epochs: 4, initialEpoch: 2, verbose: 0);
        foreach ((NDArray expected, NDArray actual) in whole.GetWeights().Zip(second.GetWeights()))
        {
            Assert.Equal(expected.ToArray<float>(), actual.ToArray<float>());
        }

        Assert.Equal(12 / (whole.Optimizer!.GradientAccumulationSteps ?? 1), second.Optimizer!.Iterations);
        Assert.Equal(whole.Optimizer.Variables.Select(v => v.ToString()), second.Optimizer.Variables.Select(v => v.ToString()));
        foreach ((Variable expected, Variable actual) in whole.Optimizer.Variables.Zip(second.Optimizer.Variables))
        {
            Assert.Equal(expected.Value.AsType(DType.Float64).ToArray<double>(), actual.Value.AsType(DType.Float64).ToArray<double>());
        }

        Sequential Make()
        {
            Sequential model = new([new InputLayer(16), new Dense(12, "relu", name: "hidden"), new Dense(10, name: "out")], seed: 3);
            model.Compile(All[name](), new SparseCategoricalCrossentropy(fromLogits: true));
            return model;
        }
    }

    [Theory]
    [InlineData("Adam", "adam/iteration adam/a/momentum adam/a/velocity adam/b/momentum adam/b/velocity")]
    [InlineData("RMSprop", "rmsprop/iteration rmsprop/a/velocity rmsprop/b/velocity rmsprop/a/momentum rmsprop/b/momentum rmsprop/a/average_gradient rmsprop/b/average_gradient")]
    [InlineData("AMSGrad", "adam/iteration adam/a/average adam/a/gradient_accumulator adam/b/average adam/b/gradient_accumulator adam/a/momentum adam/a/velocity adam/b/momentum adam/b/velocity adam/a/velocity_hat adam/b/velocity_hat")]
    [InlineData("Nadam", "nadam/iteration nadam/a/momentum nadam/a/velocity nadam/b/momentum nadam/b/velocity nadam/u_product")]
    [InlineData("Adafactor", "adafactor/iteration adafactor/a/row adafactor/a/column adafactor/a/velocity adafactor/b/velocity")]
    [InlineData("Muon", "muon/iteration muon/a/momentum muon/b/momentum muon/b/velocity")]
    [InlineData("LossScaleOptimizer", "loss_scale_optimizer/step_counter loss_scale_optimizer/dynamic_scale SGD/iteration")]
    public void Variables_stand_in_the_order_of_Keras(string name, string expected)
    {
        Optimizer optimizer = name switch
        {
            "RMSprop" => new RMSprop(momentum: 0.5, centered: true),
            "AMSGrad" => new Adam(amsgrad: true, useEma: true, gradientAccumulationSteps: 2),
            "LossScaleOptimizer" => new LossScaleOptimizer(new SGD(name: "SGD")),
            _ => name,
        };
        Assert.Empty(optimizer.Variables);
        optimizer.Build([new Variable("a", NDArray.Zeros(DType.Float32, [2, 3]), trainable: true), new Variable("b", NDArray.Zeros(DType.Float32, [3]), trainable: true)]);
        Assert.Equal(expected.Split(' '), optimizer.Variables.Select(v => v.Name));
        if (name == "Adafactor")
        {
            Assert.Equal(["int64[]", "float32[2]", "float32[3]", "float32[2,3]", "float32[3]"], optimizer.Variables.Select(v => v.Type.ToString()));
        }
    }
}
