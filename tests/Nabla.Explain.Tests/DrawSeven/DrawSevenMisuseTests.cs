namespace Nabla.Explain.Tests.DrawSeven;

/// <summary>Models that get no page, and why in words.</summary>
public sealed class DrawSevenMisuseTests
{
    private static readonly DrawSevenOptions Small = new() { Height = 8, Width = 8, MaxValue = 16 };

    [Fact]
    public void A_model_that_is_not_compiled_is_told_to_be()
    {
        Sequential model = new([new InputLayer(64), new Dense(10)]);
        string message = Assert.Throws<InvalidOperationException>(() => DrawSevenPage.Html(model, Small)).Message;
        Assert.Contains("a page to draw in expected a compiled model", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_have_to_be_the_picture_s_pixels() => Expect(
        "Sequential 'sequential': a page to draw in expects samples of 28x28 pixels, received [64].",
        DrawnModels.Untrained(new SparseCategoricalCrossentropy(fromLogits: true)), new DrawSevenOptions());

    [Fact]
    public void A_loss_of_quantities_has_no_classes() => Expect(
        "Sequential 'sequential': a page to draw in expects classes and a categorical cross-entropy, received the loss 'mean_squared_error' and an output [10].",
        DrawnModels.Untrained("mse"), Small);

    [Fact]
    public void A_page_that_would_be_too_large_says_how_large() => Expect(
        "a page to draw in expects at most 1000 bytes, received a model whose page would take ",
        DrawnModels.Untrained(new SparseCategoricalCrossentropy(fromLogits: true)), Small with { LargestPage = 1000 });

    [Fact]
    public void A_layer_that_draws_random_numbers_when_it_answers_is_named() => Expect(
        "'uniform' draws random numbers, which are not printed: a page would draw others than the training did.",
        DrawnModels.Untrained(new SparseCategoricalCrossentropy(fromLogits: true), 10, new Restless { InputShape = [64] }), Small);

    [Fact]
    public void There_is_a_name_for_each_class()
    {
        Sequential model = DrawnModels.Untrained(new SparseCategoricalCrossentropy(fromLogits: true));
        ArgumentException e = Assert.Throws<ArgumentException>(() => DrawSevenPage.Html(model, Small with { Classes = ["a", "b"] }));
        Assert.StartsWith("DrawSevenPage: expected names for 10 classes, received 2.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_have_labels()
    {
        Sequential model = DrawnModels.Untrained(new SparseCategoricalCrossentropy(fromLogits: true));
        ShapeException e = Assert.Throws<ShapeException>(() => DrawSevenPage.Html(model, Small with { Examples = NDArray.Ones(DType.Float32, [3, 64]) }));
        Assert.Equal("DrawSevenPage: expected examples of 8x8 pixels with a label each, received float32[3,64] and labels null.", e.Message);
    }

    [Fact]
    public void What_a_step_of_the_page_leaves_out_is_said()
    {
        Sequential plain = DrawnModels.Untrained(new SparseCategoricalCrossentropy(fromLogits: true));
        Sequential noisy = DrawnModels.Untrained(new SparseCategoricalCrossentropy(fromLogits: true), 10, new Dropout(0.5));
        const string Said = "dropout and noise are off, and normalisation uses its stored averages";
        Assert.DoesNotContain(Said, DrawSevenPage.Html(plain, Small), StringComparison.Ordinal);
        Assert.Contains(Said, DrawSevenPage.Html(noisy, Small), StringComparison.Ordinal);
    }

    private static void Expect(string message, Model model, DrawSevenOptions options) =>
        Assert.Contains(message, Assert.Throws<NotSupportedException>(() => DrawSevenPage.Html(model, options)).Message, StringComparison.Ordinal);

    /// <summary>Random when it answers, which no layer of the house is.</summary>
    private sealed class Restless : Layer
    {
        protected override Tensor Call(Tensor input, CallContext context) =>
            input + input.Builder.Uniform(input.Builder.Constant(1, DType.Int64), input.Builder.Constant(0, DType.Int64), input.Dims, input.DType);
    }
}
