using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nabla.Explain;

/// <summary>
/// What the page's script reads: a trace without what it does not need, as JSON inside a script element. Long lists are base64 of little-endian doubles;
/// NaN and infinities are words.
/// </summary>
internal static class PageData
{
    // Shorter lists are for people who look into the file.
    private const int LongestList = 64;

    public static string Write(Trace trace, PageNames names) => Text(json =>
    {
        json.WriteNumber("result", trace.Result.Id);
        CostHalf half = names.Half;
        if (half.Other is { } other)
        {
            json.WriteStartObject("half");
            json.WriteString("notation", CourseNames.Word(other));
            json.WriteNumber("factor", half.Factor);
            json.WriteEndObject();
        }

        if (names.Courses.All.Count > 0)
        {
            json.WriteStartObject("courses");
            foreach ((string course, IReadOnlyDictionary<string, string> named) in names.Courses.All)
            {
                json.WriteStartObject(course);
                foreach ((string recorded, string name) in named)
                {
                    json.WriteString(recorded, name);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        Write(json, "nodes", trace.Nodes, node => Node(json, node, half));
        ILookup<int, TraceEdge> uses = trace.Edges.ToLookup(e => e.From);
        Write(json, "edges", trace.Edges, edge => Edge(json, edge, isOnly: uses[edge.From].Count() == 1));
        Write(json, "layers", trace.Layers, layer => Layer(json, layer));
        Write(json, "examples", trace.Examples, example =>
        {
            json.WriteNumber("row", example.Row);
            Number(json, "loss", example.Loss);
            Numbers(json, "outputs", example.Outputs);
        });
        if (trace.Update is { } update)
        {
            json.WriteStartObject("update");
            json.WriteString("optimizer", update.Optimizer);
            Number(json, "rate", update.LearningRate);
            Number(json, "after", update.ResultAfter);
            Write(json, "parameters", update.Parameters, p =>
            {
                json.WriteNumber("node", p.Node);
                Numbers(json, "after", p.After);
            });
            json.WriteEndObject();
        }
    });

    /// <summary>An object as the text of a script element: only these signs can end that, begin a comment, or be no XML.</summary>
    /// <param name="write">Writes its members.</param>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray())
            .Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal)
            .Replace("\u2028", "\\u2028", StringComparison.Ordinal)
            .Replace("\u2029", "\\u2029", StringComparison.Ordinal)
            .Replace("\uffff", "\\uffff", StringComparison.Ordinal)
            .Replace("\ufffe", "\\ufffe", StringComparison.Ordinal)
            .Replace("\u007f", "\\u007f", StringComparison.Ordinal);
    }

    private static void Node(Utf8JsonWriter json, TraceNode node, CostHalf half)
    {
        json.WriteString("name", node.Name);
        json.WriteString("shown", PageNames.Drawn(node.Name));
        json.WriteString("role", node.Role.ToString().ToLowerInvariant());
        if (node.Formula.Length > 0)
        {
            json.WriteString("formula", node.Formula);
        }

        if (half.Formula(node.Id) is { } other)
        {
            json.WriteString("other", other);
        }

        // The numbers of the table of nudges, which the script scales with the cost: two digits more than it shows.
        if (half.Other is not null && node.Nudges.Count > 0)
        {
            Numbers(json, "nudges", [.. node.Nudges.SelectMany(n => new[] { n.Epsilon, n.Result, n.Ratio, n.Central }).Select(Rounded)]);
        }

        if (node.Dims.Count > 0)
        {
            Write(json, "dims", node.Dims, json.WriteNumberValue);
        }

        Numbers(json, "values", node.Values);
        if (node.Gradient is { } gradient)
        {
            Numbers(json, "gradient", gradient);
        }
        else
        {
            json.WriteString("absent", Explain.Numbers.Absent(node.GradientState));
        }
    }

    private static double Rounded(double value) => double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static void Edge(Utf8JsonWriter json, TraceEdge edge, bool isOnly)
    {
        json.WriteNumber("from", edge.From);
        json.WriteNumber("to", edge.To);
        // A name is told where its sign went astray.
        if (edge.LocalFormula.Length > 0 && edge.LocalFormula.All(c => char.IsLetterOrDigit(c) || c == '_'))
        {
            json.WriteString("formula", edge.LocalFormula);
        }

        if (edge.Local is { } local)
        {
            Numbers(json, "local", local);
        }

        // A single path brings all of the gradient: it is there already.
        if (!isOnly)
        {
            Numbers(json, "brings", edge.Contribution);
        }
    }

    private static void Layer(Utf8JsonWriter json, TraceLayer layer)
    {
        json.WriteString("name", layer.Name);
        json.WriteString("kind", layer.Kind);
        json.WriteNumber("number", layer.Number);
        json.WriteString("activation", layer.Activation);
        json.WriteNumber("input", layer.Input);
        Write(json, "weights", layer.Weights, json.WriteNumberValue);
        if (layer.PreActivation is { } z)
        {
            json.WriteNumber("z", z);
        }

        json.WriteNumber("output", layer.Output);
    }

    private static void Write<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            bool isObject = item is not int;
            if (isObject)
            {
                json.WriteStartObject();
            }

            write(item);
            if (isObject)
            {
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Value(json, value);
    }

    /// <summary>A list of numbers, long ones as base64.</summary>
    public static void Numbers(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        if (values.Count > LongestList)
        {
            byte[] bytes = new byte[values.Count * sizeof(double)];
            for (int i = 0; i < values.Count; i++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
            }

            json.WriteBase64String(name, bytes);
            return;
        }

        json.WriteStartArray(name);
        foreach (double value in values)
        {
            Value(json, value);
        }

        json.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }
}
