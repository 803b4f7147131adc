namespace Nabla.Explain;

/// <summary>What a page that draws digits has to know beside the model: how its pictures are read, what the classes are called, and pictures to try.</summary>
/// <example><code>
/// DrawSevenOptions options = new() { Height = 28, Width = 28, MaxValue = 255, Classes = ["zero", "one", "two"] };
/// </code></example>
public sealed record DrawSevenOptions
{
    /// <summary>Rows of pixels; 28 by default, as in MNIST.</summary>
    public int Height { get; init; } = 28;

    /// <summary>Pixels in a row; 28 by default.</summary>
    public int Width { get; init; } = 28;

    /// <summary>The value of full ink; 255 by default. Paper is 0.</summary>
    public int MaxValue { get; init; } = 255;

    /// <summary>What each class is called; null takes the names in the model's file, or else numbers from 0.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Pictures to try at once, <c>[samples, height, width]</c> or <c>[samples, height · width]</c>: test samples, say. Null for none.</summary>
    public NDArray? Examples { get; init; }

    /// <summary>The class numbers of <see cref="Examples"/>.</summary>
    public NDArray? ExampleLabels { get; init; }

    /// <summary>The most bytes that the page may take; 20 MB by default. Weights take 5.4 bytes each, three times that with Adam's memory.</summary>
    public long LargestPage { get; init; } = 20_000_000;
}
