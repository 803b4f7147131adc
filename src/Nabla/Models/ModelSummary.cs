using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>The table of a model's layers, as Keras draws it.</summary>
internal static class ModelSummary
{
    private static readonly int[] Widths = [33, 24, 15];

    public static string Write(Model model)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Model: \"{model.Name}\"\n");
        Rule(text, "┏━┳┓");
        Row(text, "┃", ["Layer (type)", "Output Shape", "Param #"]);
        Rule(text, "┡━╇┩");
        for (int i = 0; i < model.Layers.Count; i++)
        {
            if (i > 0)
            {
                Rule(text, "├─┼┤");
            }

            Layer layer = model.Layers[i];
            string parameters = layer.Built ? Number(layer.CountParams()) : "0 (unbuilt)";
            Row(text, "│", [$"{Printable(layer.Name)} ({layer.ClassName})", Shape(model.Network?.Calls.First(c => c.Layer == layer).Outputs[0].Type), parameters]);
        }

        Rule(text, "└─┴┘");
        IReadOnlyList<Variable> trainable = model.TrainableWeights;
        IReadOnlyList<Variable> optimizer = model.Compilation?.State is { } state ? [.. state.All] : [];
        Total(text, "Total", [.. model.Weights, .. optimizer]);
        Total(text, "Trainable", trainable);
        Total(text, "Non-trainable", [.. model.Weights.Except(trainable)]);
        if (optimizer.Count > 0)
        {
            Total(text, "Optimizer", optimizer);
        }

        return text.ToString();
    }

    private static void Total(StringBuilder text, string what, IReadOnlyList<Variable> variables)
    {
        long count = variables.Sum(v => (long)v.Type.Dims.Count);
        long bytes = variables.Sum(v => (long)v.Type.Dims.Count * v.Type.DType.Size);
        text.Append(CultureInfo.InvariantCulture, $" {what} params: {Number(count)} ({Size(bytes)})\n");
    }

    private static string Shape(TensorType? type) => type is null
        ? "?"
        : $"({string.Join(", ", type.Dims.Select((d, axis) => axis == 0 || d.Name is not null ? "None" : d.Size.ToString(CultureInfo.InvariantCulture)))}{(type.Dims.Rank == 1 ? "," : "")})";

    private static void Row(StringBuilder text, string edge, string[] cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            string cell = cells[i].Length <= Widths[i] - 2 ? cells[i] : cells[i][..(Widths[i] - 3)] + "…";
            text.Append(edge).Append(' ').Append(i == 2 ? cell.PadLeft(Widths[i] - 2) : cell.PadRight(Widths[i] - 2)).Append(' ');
        }

        text.Append(edge).Append('\n');
    }

    // The four characters of a rule: left, line, crossing, right.
    private static void Rule(StringBuilder text, string characters)
    {
        text.Append(characters[0]).AppendJoin(characters[2], Widths.Select(w => new string(characters[1], w))).Append(characters[3]).Append('\n');
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(long bytes)
    {
        string[] units = ["B", "KB", "MB", "GB"];
        double size = bytes;
        int unit = 0;
        for (; size >= 1024 && unit < units.Length - 1; unit++)
        {
            size /= 1024;
        }

        return $"{size.ToString("0.00", CultureInfo.InvariantCulture)} {units[unit]}";
    }

    // A name may come from a file: no control characters reach the terminal.
    private static string Printable(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));
}
