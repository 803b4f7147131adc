namespace Nabla;

/// <summary>How a model is written as C#: what its class is called, and on which samples the class checks itself.</summary>
/// <example><code>
/// string source = model.ToCSharp(new CSharpExport { ClassName = "Iris", Namespace = "MyShop.Models" });
/// </code></example>
public sealed record CSharpExport
{
    /// <summary>The class' name; null makes one of the model's.</summary>
    public string? ClassName { get; init; }

    /// <summary>The namespace around it, such as <c>MyShop.Models</c>; null is none.</summary>
    public string? Namespace { get; init; }

    /// <summary>
    /// The samples on which the class checks itself, as its users give them: before the metadata's scale and offset. The first ten are taken; null
    /// makes ten that look like what the model was made for.
    /// </summary>
    public NDArray? Samples { get; init; }
}
