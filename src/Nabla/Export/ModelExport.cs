using Nabla.Export;

namespace Nabla;

/// <summary>A trained model in other forms.</summary>
/// <example><code>
/// File.WriteAllText("Model.cs", model.ToCSharp());
/// </code></example>
public static class ModelExport
{
    /// <summary>
    /// The trained model as one C# file that depends on nothing: a class with <c>Predict</c> for one sample and <c>SelfCheck</c>. It is the model's
    /// graph, printed as loops; weights, scaling and class names stand inside. It compiles as C# 7.3 for any .NET, ahead of time too.
    /// </summary>
    /// <param name="model">The model, built.</param>
    /// <param name="options">Names and samples; null takes the defaults.</param>
    /// <exception cref="InvalidOperationException">The model has no weights yet.</exception>
    /// <exception cref="ArgumentException">A name that C# does not take, or samples that do not fit the model.</exception>
    /// <exception cref="NotSupportedException">A model that cannot be such a file: random in its predictions, or too large for the C# compiler.</exception>
    public static string ToCSharp(this Model model, CSharpExport? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.RequireBuilt(nameof(ToCSharp));
        return CSharpFile.Write(model, options ?? new CSharpExport());
    }
}
