using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Nabla.Explain;

/// <summary>Worksheets for paper and for graders.</summary>
internal static class WorksheetText
{
    private const string Blank = "__________";

    public static string Write(Worksheet sheet, bool answers)
    {
        StringBuilder text = new();
        string seeded = sheet.Seed is { } seed ? $" (seed {seed.ToString(CultureInfo.InvariantCulture)})" : "";
        text.Append(CultureInfo.InvariantCulture, $"{(answers ? "ANSWERS" : "WORKSHEET")}: {PlainText.Line(sheet.Title, unicode: false)}{seeded}\n");
        string given = string.Join("  ", sheet.Trace.Nodes.Where(n => n.Role is TraceRole.Input or TraceRole.Parameter).Select(n => $"{n.Name} = {Numerals.Of(n.Values[0])}"));
        text.Append(CultureInfo.InvariantCulture, $" Given: {PlainText.Line(given, unicode: false)}\n");
        int gradients = sheet.Items.ToList().FindIndex(i => i.Id.Contains('/', StringComparison.Ordinal));
        int update = sheet.Items.ToList().FindIndex(i => i.Id.EndsWith(" after", StringComparison.Ordinal));
        foreach ((int i, WorksheetItem item) in sheet.Items.Index())
        {
            text.Append(i == 0 ? "\nFORWARD\n" : i == gradients ? "\nBACKWARD (local times upstream; add all paths)\n" : i == update ? "\nUPDATE\n" : "");
            text.Append(PlainText.Line($" {i + 1,2}  {item.Question} {(answers ? $"{item.Working} = {Numerals.Of(item.Answer)}" : Blank)}", unicode: false)).Append('\n');
        }

        return text.ToString();
    }

    public static string Json(Worksheet sheet)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("title", sheet.Title);
            if (sheet.Seed is { } seed)
            {
                writer.WriteNumber("seed", seed);
            }

            writer.WriteNumber("digits", Worksheet.Digits);
            writer.WriteStartObject("given");
            foreach (TraceNode node in sheet.Trace.Nodes.Where(n => n.Role is TraceRole.Input or TraceRole.Parameter))
            {
                Number(writer, node.Name, node.Values[0]);
            }

            writer.WriteEndObject();
            writer.WriteStartArray("items");
            foreach (WorksheetItem item in sheet.Items)
            {
                writer.WriteStartObject();
                writer.WriteString("id", item.Id);
                writer.WriteString("question", item.Question);
                Number(writer, "answer", item.Answer);
                writer.WriteString("working", item.Working);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // JSON has no NaN.
    private static void Number(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteString(name, Numerals.Of(value));
        }
    }
}
