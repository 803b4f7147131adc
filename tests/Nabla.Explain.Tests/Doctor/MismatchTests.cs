using static Nabla.Explain.Tests.Doctor.Patients;

namespace Nabla.Explain.Tests.Doctor;

/// <summary>Last activations and losses that do not belong together, and the doctor's own manners.</summary>
public sealed class MismatchTests
{
    public static TheoryData<string, int, string, bool> Pairs => new()
    {
        { "softmax", 3, "sparse logits", true }, { "linear", 3, "sparse logits", false }, { "linear", 3, "sparse", true }, { "softmax", 3, "sparse", false },
        { "sigmoid", 3, "sparse", true }, { "relu", 3, "sparse", true }, { "sigmoid", 1, "binary logits", true }, { "linear", 1, "binary logits", false },
        { "linear", 1, "binary", true }, { "sigmoid", 1, "binary", false }, { "softmax", 1, "binary", true }, { "softmax", 3, "binary", true }, { "sigmoid", 3, "binary", false },
    };

    [Theory]
    [Trait("Lesson", "L15")]
    [MemberData(nameof(Pairs))]
    public void Output_and_loss_must_belong_together(string activation, int units, string lossName, bool isWrong)
    {
        Loss loss = lossName switch
        {
            "sparse" => new SparseCategoricalCrossentropy(),
            "sparse logits" => new SparseCategoricalCrossentropy(fromLogits: true),
            "binary" => new BinaryCrossentropy(),
            _ => new BinaryCrossentropy(fromLogits: true),
        };
        Sequential model = Compiled(new Sequential([new InputLayer(4), new Dense(8, "relu"), new Dense(units, activation)], seed: 1), loss);
        (NDArray x, NDArray y) = Points();
        NDArray labels = lossName.StartsWith("sparse", StringComparison.Ordinal) ? y.AsType(DType.Int32).Reshape(-1) : units == 1 ? y : NDArray.Concat([y, 1 - y, y], axis: 1);
        Diagnosis diagnosis = model.Diagnose(x, labels);
        if (isWrong)
        {
            Found(diagnosis, "output-and-loss");
        }
        else
        {
            Assert.Empty(diagnosis.Findings);
        }
    }

    [Theory]
    [Trait("Lesson", "L26")]
    [InlineData("mse", "linear regression")]
    [InlineData("logits", "logistic regression")]
    public void A_linear_model_is_called_by_its_loss(string loss, string name)
    {
        Sequential model = new([new InputLayer(4), new Dense(3), new Dense(1)], seed: 1);
        model.Compile(new Adam(), loss == "logits" ? new BinaryCrossentropy(fromLogits: true) : new MeanSquaredError(), verbose: 0);
        (NDArray x, NDArray y) = Points();
        Assert.Contains($"the whole model is {name}", Found(model.Diagnose(x, loss == "logits" ? (y > 0).AsType(DType.Float32) : y), "linear-stack").Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L25")]
    public void Linear_layers_in_a_row_are_a_finding()
    {
        (NDArray x, NDArray y) = Points();
        Found(Compiled(new Sequential([new InputLayer(4), new Dense(3), new Dense(1)], seed: 1), "mse").Diagnose(x, y), "linear-stack");
        Assert.Empty(Compiled(new Sequential([new InputLayer(4), new Dense(3, "relu"), new Dense(1)], seed: 1), "mse").Diagnose(x, y).Findings);
    }

    [Fact]
    [Trait("Lesson", "L24")]
    public void A_sigmoid_in_a_hidden_layer_is_no_finding()
    {
        (NDArray x, NDArray y) = Points();
        Diagnosis diagnosis = Compiled(new Sequential([new InputLayer(4), new Dense(3, "sigmoid"), new Dense(1)], seed: 1), "mse").Diagnose(x, y);
        Assert.True(diagnosis.IsHealthy);
        Assert.Contains(diagnosis.Hints, h => h.Rule == "sigmoid-hidden");
    }

    [Fact]
    public void A_diagnosis_changes_nothing()
    {
        (NDArray x, NDArray y) = Points();
        Sequential model = new([new InputLayer(4), new Dense(8, "relu"), new BatchNormalization(), new Dropout(0.2), new Dense(1)], seed: 1);
        model.Compile(new Adam(0.01), "mse", verbose: 0);
        Sequential twin = new([new InputLayer(4), new Dense(8, "relu"), new BatchNormalization(), new Dropout(0.2), new Dense(1)], seed: 1);
        twin.Compile(new Adam(0.01), "mse", verbose: 0);
        float[][] before = Values(model);
        Assert.Empty(model.Diagnose(x, y).Findings);
        Assert.Equal(before, Values(model));

        // And a training with a doctor gives the bits of one without.
        twin.Fit(x, y, epochs: 3, verbose: 0);
        Assert.Empty(Trained(model, x, y, epochs: 3).Findings);
        Assert.Equal(Values(twin), Values(model));
    }

    [Fact]
    public void Streams_are_watched_too()
    {
        (NDArray x, NDArray y) = Points();
        Nabla.Explain.Doctor doctor = new(verbose: 0);
        Sequential model = Compiled(new Sequential([new InputLayer(4), new Dense(3), new Dense(1)], seed: 1), "mse");
        model.Fit([new Batch(x[..32], y[..32]), new Batch(x[32..], y[32..])], new FitOptions { Verbose = 0, Epochs = 2, Callbacks = [doctor] });
        Found(doctor.Diagnosis, "linear-stack");
    }

    [Fact]
    public void Text_and_JSON_say_the_same()
    {
        (NDArray x, NDArray y) = Points();
        Diagnosis diagnosis = Compiled(new Sequential([new InputLayer(4), new Dense(3), new Dense(1)], seed: 1, name: "patient"), "mse").Diagnose(x, y);
        string text = diagnosis.ToString();
        Assert.StartsWith("Sequential 'patient': 1 finding", text, StringComparison.Ordinal);
        Assert.Contains("FINDING  linear-stack (L26)", text, StringComparison.Ordinal);
        Assert.Contains("  Try: Give the hidden ones activation: \"relu\".", text, StringComparison.Ordinal);
        Assert.All(text, c => Assert.True(c < 128, $"'{c}' is not ASCII"));
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(diagnosis.ToJson());
        Assert.False(json.RootElement.GetProperty("healthy").GetBoolean());
        System.Text.Json.JsonElement finding = Assert.Single(json.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal("linear-stack", finding.GetProperty("rule").GetString());
        Assert.NotEmpty(finding.GetProperty("suggestion").GetString()!);
        Assert.NotEmpty(finding.GetProperty("evidence").EnumerateObject());
    }

    [Fact]
    public void Misuse_is_told_what_to_do()
    {
        (NDArray x, NDArray y) = Points();
        Sequential model = new([new InputLayer(4), new Dense(1)]);
        Assert.Contains("Diagnose expected a compiled model", Assert.Throws<InvalidOperationException>(() => model.Diagnose(x, y)).Message, StringComparison.Ordinal);
        Assert.Contains("expected to be given to Fit first", Assert.Throws<InvalidOperationException>(() => new Nabla.Explain.Doctor().Diagnosis).Message, StringComparison.Ordinal);
    }

    private static float[][] Values(Model model) => [.. model.Weights.Select(w => w.Value.ToArray<float>())];
}
