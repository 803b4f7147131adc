namespace Nabla.Tests.Models;

public sealed class SummaryTests
{
    [Fact]
    public void The_course_s_network_is_shown_as_Keras_shows_it()
    {
        Sequential model = new([new InputLayer(784), new Dense(25, "relu", name: "dense"), new Dense(15, "relu", name: "dense_1"), new Dense(10, name: "dense_2")], name: "sequential");
        const string expected = """
            Model: "sequential"
            ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
            ┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
            ┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
            │ dense (Dense)                   │ (None, 25)             │        19,625 │
            ├─────────────────────────────────┼────────────────────────┼───────────────┤
            │ dense_1 (Dense)                 │ (None, 15)             │           390 │
            ├─────────────────────────────────┼────────────────────────┼───────────────┤
            │ dense_2 (Dense)                 │ (None, 10)             │           160 │
            └─────────────────────────────────┴────────────────────────┴───────────────┘
             Total params: 20,175 (78.81 KB)
             Trainable params: 20,175 (78.81 KB)
             Non-trainable params: 0 (0.00 B)

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), model.Summary());
    }

    [Fact]
    public void What_the_optimizer_remembers_counts_once_training_has_begun()
    {
        Sequential model = new([new InputLayer(3), new Dense(2)]);
        model.Compile("adam", "mse");
        model.Fit(NDArray.Zeros(DType.Float32, [4, 3]), NDArray.Zeros(DType.Float32, [4, 2]), verbose: 0);

        // Two slots of 8 weights each, and the number of steps.
        Assert.Contains("Total params: 25", model.Summary(), StringComparison.Ordinal);
        Assert.Contains("Optimizer params: 17", model.Summary(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unbuilt_layer_says_so()
    {
        string summary = new Sequential([new Dense(2, name: "d")]).Summary();
        Assert.Contains("│ d (Dense)                       │ ?                      │   0 (unbuilt) │", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Frozen_layers_count_as_not_trainable()
    {
        Dense frozen = new(4, trainable: false);
        string summary = new Sequential([new InputLayer(3), frozen, new Dense(2)]).Summary();
        Assert.Contains("Trainable params: 10 ", summary, StringComparison.Ordinal);
        Assert.Contains("Non-trainable params: 16 ", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_control_characters_does_not_reach_the_terminal()
    {
        string summary = new Sequential([new Dense(2, name: "a\u001b[31mb")]).Summary();
        Assert.DoesNotContain('\u001b', summary);
    }
}
