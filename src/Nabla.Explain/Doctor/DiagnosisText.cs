using System.Text;
using System.Text.Json;

namespace Nabla.Explain;

/// <summary>A diagnosis for people and for programs.</summary>
internal static class DiagnosisText
{
    /// <summary>Plain text.</summary>
    /// <param name="diagnosis">What to say.</param>
    /// <param name="width">Where lines are broken.</param>
    public static string Write(Diagnosis diagnosis, int width)
    {
        StringBuilder text = new();
        text.Append(diagnosis.Subject).Append(": ").Append(Count(diagnosis.Findings.Count, "finding"));
        text.AppendLine(diagnosis.Hints.Count == 0 ? "" : $", {Count(diagnosis.Hints.Count, "hint")}");
        foreach (string note in diagnosis.Notes)
        {
            Wrap(text, note, "  - ", "    ", width);
        }

        foreach (Advice advice in diagnosis)
        {
            text.AppendLine().Append(advice.Level == AdviceLevel.Finding ? "FINDING" : "hint").Append("  ").Append(advice.Rule).Append(" (").Append(advice.Lesson).AppendLine(")");
            Wrap(text, Seen(advice), "  ", "  ", width);
            foreach ((string name, string value) in advice.Evidence)
            {
                Wrap(text, $"{name}: {value}", "    ", "      ", width);
            }

            if (advice.Suggestion.Length > 0)
            {
                Wrap(text, $"Try: {advice.Suggestion}", "  ", "       ", width);
            }
        }

        return text.ToString();
    }

    private static void Wrap(StringBuilder text, string line, string first, string others, int width)
    {
        text.Append(first);
        int at = first.Length;
        foreach (string word in line.Split(' '))
        {
            if (at > others.Length && at + word.Length > width)
            {
                text.Length--;
                text.AppendLine().Append(others);
                at = others.Length;
            }

            text.Append(word).Append(' ');
            at += word.Length + 1;
        }

        text.Length--;
        text.AppendLine();
    }

    public static string Json(Diagnosis diagnosis)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            Write(diagnosis, writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>What was seen, without what to do about it.</summary>
    public static string Seen(Advice advice) => advice.Message[..^advice.Suggestion.Length].TrimEnd();

    private static void Write(Diagnosis diagnosis, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("subject", diagnosis.Subject);
        writer.WriteBoolean("healthy", diagnosis.IsHealthy);
        writer.WriteStartArray("notes");
        foreach (string note in diagnosis.Notes)
        {
            writer.WriteStringValue(note);
        }

        writer.WriteEndArray();
        Write("findings", diagnosis.Findings, writer);
        Write("hints", diagnosis.Hints, writer);
        writer.WriteEndObject();
    }

    private static void Write(string name, IReadOnlyList<Advice> all, Utf8JsonWriter writer)
    {
        writer.WriteStartArray(name);
        foreach (Advice advice in all)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", advice.Rule);
            writer.WriteString("lesson", advice.Lesson);
            writer.WriteString("message", Seen(advice));
            writer.WriteString("suggestion", advice.Suggestion);
            writer.WriteStartObject("evidence");
            foreach ((string key, string value) in advice.Evidence)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Count(int count, string what) => count == 0 ? $"no {what}s" : $"{count} {what}{(count == 1 ? "" : "s")}";
}
