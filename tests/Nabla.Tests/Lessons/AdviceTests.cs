namespace Nabla.Tests.Lessons;

/// <summary>The traps of the lectures, each a named rule with its evidence.</summary>
public sealed class AdviceTests
{
    // Lesson 26 with the numbers of 73: w = 3·2 = 6, b = 3·0 + 1 = 1, so 6x + 1.
    [Fact]
    public void L26_linear_layers_collapse_to_the_layer_they_are()
    {
        Sequential model = new([new Input(1), new Dense(1, name: "first"), new Dense(1, name: "second")]);
        model.SetWeights([new[,] { { 2f } }, new[] { 0f }, new[,] { { 3f } }, new[] { 1f }]);
        model.Compile("sgd", "mse", verbose: 0);
        Advice advice = Assert.Single(model.Advise(), a => a.Rule == "linear-stack");
        Assert.Equal("L26", advice.Lesson);
        Assert.Contains("'first', 'second'", advice.Message, StringComparison.Ordinal);
        Assert.Contains("w = [[6.0000]], b = [1.0000]", advice.Message, StringComparison.Ordinal);
        Assert.Contains("linear regression", advice.Message, StringComparison.Ordinal);
        Assert.Equal(7, model.Predict(new[,] { { 1f } }).Item<float>());
    }

    // Three linear layers with random weights: the collapsed one gives what the model gives.
    [Fact]
    public void The_collapsed_layer_gives_what_the_stack_gives()
    {
        Sequential model = new([new Input(4), new Dense(3), new Dense(5, useBias: false), new Dense(2, "sigmoid")], seed: 3, dtype: DType.Float64);
        (NDArray w, NDArray b) = LinearStack.Collapse([.. model.Layers.Cast<Dense>()]);
        NDArray x = Problems.Digits(6, features: 4).X.AsType(DType.Float64);
        Goldens.Close(model.Predict(x), Nn.Sigmoid(x.MatMul(w) + b), 1e-12, 1e-14);
        model.Compile("sgd", new BinaryCrossentropy(), verbose: 0);
        Assert.Contains("logistic regression", Assert.Single(model.Advise(), a => a.Rule == "linear-stack").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_with_activations_or_read_twice_is_not_linear()
    {
        Sequential relu = new([new Input(4), new Dense(3, "relu"), new Dense(2)]);
        Assert.DoesNotContain(relu.Advise(), a => a.Rule == "linear-stack");
        Input x = new(4);
        LayerTensor hidden = new Dense(3).Call(x);
        Model both = new(x, [new Dense(2).Call(hidden), new Dense(1).Call(hidden)]);
        Assert.DoesNotContain(both.Advise(), a => a.Rule == "linear-stack");
    }

    [Fact]
    public void L24_a_sigmoid_in_a_hidden_layer_is_a_hint_and_not_printed()
    {
        Sequential model = new([new Input(4), new Dense(3, "sigmoid"), new Dense(1, "sigmoid")]);
        model.Compile("adam", new BinaryCrossentropy(), verbose: 0);
        Advice hint = Assert.Single(model.Advise(), a => a.Rule == "sigmoid-hidden");
        Assert.Equal(AdviceLevel.Hint, hint.Level);
        Assert.DoesNotContain(hint.Message, model.CompileNotes);
    }

    [Fact]
    public void L29_the_rule_sees_labels_from_one()
    {
        Sequential model = new([new Input(4), new Dense(3)]);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), verbose: 0);
        Advice[] found = [.. AdviceRules.Check(new ModelFacts(model, model.Compilation) { Labels = [new[] { 1, 2, 3, 2 }] })];
        Assert.Contains("labelBase: 1", Assert.Single(found, a => a.Rule == "labels-from-one").Message, StringComparison.Ordinal);
        Assert.DoesNotContain(AdviceRules.Check(new ModelFacts(model, model.Compilation) { Labels = [new[] { 0, 1, 2, 2 }] }), a => a.Rule == "labels-from-one");
    }

    [Fact]
    public void L9_epochs_are_told_from_steps()
    {
        Sequential model = new([new Input(4), new Dense(3)]);
        Advice advice = Assert.Single(new EpochsAndSteps().Check(new ModelFacts(model, null) { Fit = (64, 32, 100) }));
        Assert.Equal("100 epochs of 2 steps (64 samples, 32 a step): the weights move 200 times.", advice.Message);
    }

    [Fact]
    public void Every_output_is_looked_over_by_itself()
    {
        Input x = new(4);
        Model model = new(x, [new Dense(1, "sigmoid", name: "yes").Call(x), new Dense(3, name: "kind").Call(x)]);
        model.Compile("adam", [new BinaryCrossentropy(), new SparseCategoricalCrossentropy(fromLogits: true)], verbose: 0);
        Assert.Equal("yes", Assert.Single(model.Advise(), a => a.Rule == "output-and-loss").Evidence["output"]);
        Assert.Equal("kind", Assert.Single(model.Advise(), a => a.Rule == "logits-output").Evidence["output"]);
    }

    // What is known only once the model is built is said then, and nothing is said twice.
    [Fact]
    public void Compiling_prints_and_fitting_adds_what_is_new()
    {
        Sequential model = new([new Dense(1, name: "a"), new Dense(1, name: "b")], seed: 1);
        StringWriter said = new();
        model.Compile(loss: "mse", verbose: 0);
        model.Compilation!.Say(said);
        Assert.Contains("RMSprop", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("linear layer", said.ToString(), StringComparison.Ordinal);
        model.Build([1]);
        StringWriter later = new();
        model.Compilation.Say(later);
        Assert.Contains("linear layer", later.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("RMSprop", later.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_has_a_name_and_a_lesson_of_its_own()
    {
        Assert.Equal(AdviceRules.All.Count, AdviceRules.All.Select(r => r.Name).Distinct().Count());
        Assert.All(AdviceRules.All, r => Assert.Matches("^L[0-9]+$", r.Lesson));
    }
}
