using System.Text.Json;
using Nabla.Cli.Rendering;
using Nabla.Explain;

namespace Nabla.Cli.Explaining;

/// <summary>What <c>nabla diff --json</c> writes.</summary>
internal static class DerivedJson
{
    public static JsonResult Of(Derived derived)
    {
        DiffStep steps = derived.Steps;
        JsonResult result = new JsonResult()
            .Add("formula", steps.Function.ToText())
            .Add("variable", steps.Variable.Name!)
            .Add("derivative", steps.Result.ToText())
            .Add("latex", steps.Result.ToLatex())
            .Add("steps", w =>
            {
                w.WriteStartArray();
                foreach ((DiffStep step, int depth) in steps.Walk())
                {
                    w.WriteStartObject();
                    w.WriteNumber("depth", depth);
                    w.WriteString("rule", step.Rule);
                    w.WriteBoolean("isChain", step.IsChain);
                    w.WriteString("law", step.Law);
                    w.WriteString("function", step.Function.ToText());
                    w.WriteString("derivative", step.Result.ToText());
                    w.WriteEndObject();
                }

                w.WriteEndArray();
            });
        return derived.Witness is not { } witness ? result : result
            .Add("at", w =>
            {
                w.WriteStartObject();
                foreach ((Expr symbol, Expr value) in derived.Point)
                {
                    w.WriteString(symbol.Name!, value.ToText());
                }

                w.WriteEndObject();
            })
            .Add("exact", derived.AtPoint(steps.Result).ToText())
            .Add("value", derived.Value(steps.Result))
            .Add("nudges", w =>
            {
                w.WriteStartArray();
                foreach (Nudge nudge in witness.Nudges)
                {
                    w.WriteStartObject();
                    Number(w, "epsilon", nudge.Epsilon);
                    Number(w, "result", nudge.Result);
                    Number(w, "ratio", nudge.Ratio);
                    Number(w, "central", nudge.Central);
                    w.WriteEndObject();
                }

                w.WriteEndArray();
            })
            .Add("verdict", string.Join(", ", witness.Checks.Select(c => JsonNamingPolicy.CamelCase.ConvertName(c.Verdict.ToString()))));
    }

    // JSON has no word for what is not finite.
    private static void Number(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
