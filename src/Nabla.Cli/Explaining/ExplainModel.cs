using Nabla.Cli.Input;
using Nabla.Explain;

namespace Nabla.Cli.Explaining;

/// <summary>A step of a saved model on rows of data.</summary>
internal static class ExplainModel
{
    /// <summary>Whether a word names a model rather than a lesson or a formula.</summary>
    public static bool IsModel(string word) => word.EndsWith(".nabla", StringComparison.OrdinalIgnoreCase) || File.Exists(word) || Directory.Exists(word);

    /// <summary>The record of the next training step.</summary>
    /// <param name="terminal">Where notes about the data go.</param>
    /// <param name="path">The model's file.</param>
    /// <param name="data">What DATA stands for in the other commands.</param>
    /// <param name="separator">Of a CSV file.</param>
    /// <param name="rows">Which samples.</param>
    /// <param name="options">What the record shall hold.</param>
    public static Trace Trace(Terminal terminal, string path, string[] data, char? separator, int[] rows, TraceOptions options)
    {
        (Model model, NDArray x, NDArray y) = ExplainWords.Checked(() => Load(terminal, path, data, separator));
        return ExplainWords.Checked(() => model.Explain(x, y, rows, options: options));
    }

    /// <summary>As many training steps on the same rows, one after the other.</summary>
    public static Iterations Iterate(Terminal terminal, string path, string[] data, char? separator, int[] rows, TraceOptions options, int steps)
    {
        (Model model, NDArray x, NDArray y) = ExplainWords.Checked(() => Load(terminal, path, data, separator));
        return ExplainWords.Checked(() => model.ExplainIterations(x, y, steps, rows, options: options));
    }

    private static (Model Model, NDArray X, NDArray Y) Load(Terminal terminal, string path, string[] data, char? separator)
    {
        if (data.Length == 0)
        {
            throw new UsageException($"explain: expected data after the model, such as: {Invocation.Name} explain {path} mnist --examples 0. {DataSource.Description}");
        }

        Model model = ModelSource.Load(path);
        if (model.Loss is null)
        {
            throw new UsageException($"explain: expected a model with a loss, received '{path}', which was saved without one. Compile it before it is saved.");
        }

        DataSource source = TableRows.For(model, path, data) is { } schema ? TableRows.WithTarget(schema, data[0], separator, terminal.Error) : DataSource.Load(data);
        (NDArray x, NDArray y) = source.ForTesting();
        return (model, source.Schema is null ? ModelSource.Samples(model, x) : x, y);
    }
}
