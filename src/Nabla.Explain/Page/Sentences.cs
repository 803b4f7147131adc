using System.Globalization;

namespace Nabla.Explain;

/// <summary>The walk through a trace in words and formulas.</summary>
/// <param name="trace">What is walked through.</param>
/// <param name="names">How its names are written.</param>
/// <param name="steps">The walk.</param>
/// <param name="computes">Whether the page has the program.</param>
internal sealed class Sentences(Trace trace, PageNames names, Steps steps, bool computes)
{
    // What gradient descent loses to rounding between a gradient, a step and the rate that is read off them.
    private const double Rounding = 1e-12;

    private readonly ILookup<int, int> _inputs = trace.Edges.ToLookup(e => e.To, e => e.From);

    private readonly Dictionary<object, int> _numbers = trace.Edges.Select((e, i) => (e, i)).ToDictionary(p => (object)p.e, p => p.i, ReferenceEqualityComparer.Instance);

    /// <summary>The list of all steps, each with its sentence; the script shows them one by one.</summary>
    public Element List() => !Folds.AreFor(steps.All.Count) ? List(0, steps.All.Count, "steps") : new Element("div", ("id", "steps"))
    {
        Folds.Of(steps.All.Count, "Steps", 0, i => Called(steps.All[i]), open: 0, (at, count) => List(at, count, null)),
    };

    private Element List(int at, int count, string? id) => new("ol", ("id", id), ("class", "steps"), ("start", Id(at)))
    {
        steps.All.Skip(at).Take(count).Select(step => new Element(
            "li",
            ("data-kind", step.Kind.ToString().ToLowerInvariant()), ("data-node", step.Node is { } node ? Id(node) : null),
            ("data-paths", step.Paths.Count > 0 ? string.Join(' ', step.Paths.Select(Id)) : null))
        {
            new Element("p", ("class", "sentence")) { Sentence(step) },
            Formula(step),
        }),
    };

    private string Called(Step step) => step switch
    {
        { Kind: StepKind.Forward, Node: { } id } => PageNames.Drawn(trace.Nodes[id].Name),
        { Kind: StepKind.Backward, Node: { } id } => $"∂{PageNames.Drawn(trace.Result.Name)}/∂{PageNames.Drawn(trace.Nodes[id].Name)}",
        { Kind: StepKind.Start } => "what is given",
        _ => "the update",
    };

    // What does not follow says so where numbers were moved.
    private static Element AsRecorded => new("span", ("class", "if-moved")) { " (As recorded.)" };

    private Markup Sentence(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Start:
                return new Element("span")
                {
                    CourseNames.High($"What is given: {string.Join(", ", trace.Nodes.Where(Steps.IsGiven).Select(n => $"{PageNames.Drawn(n.Name)} = {Numbers.Short(n.Values)}"))}. Nothing is computed yet."),
                    AsRecorded,
                };
            case StepKind.Forward:
                TraceNode value = trace.Nodes[step.Node!.Value];
                return CourseNames.High($"Forward: {PageNames.Drawn(value.Name)} is computed from {Listed(_names(value))}.");
            case StepKind.Backward:
                return CourseNames.High(Backward(trace.Nodes[step.Node!.Value], step));
            default:
                TraceUpdate update = trace.Update!;
                string said = $"Update: {update.Optimizer} moves every parameter at once, by gradients taken at the old values. ";
                return FollowsGradients ? new Element("span")
                {
                    $"{said}{PageNames.Drawn(trace.Result.Name)} was ",
                    new Element("span", ("class", "result-before")) { Numbers.Short(trace.Result.Values) },
                    " and becomes ",
                    new Element("span", ("class", "result-after")) { Numerals.Printed(update.ResultAfter) },
                    ".",
                    AsRecorded,
                }
                : new Element("span", ("data-as-recorded", names.Half.Other is null ? null : ""))
                {
                    $"{said}{PageNames.Drawn(trace.Result.Name)} was {Numbers.Short(trace.Result.Values)} and becomes {Numerals.Printed(update.ResultAfter)}{(names.Half.Other is null ? "" : ", as recorded")}.",
                    names.Half.Other is null ? AsRecorded : null,
                };
        }

        IEnumerable<string> _names(TraceNode node) => _inputs[node.Id].Distinct().Select(i => PageNames.Drawn(trace.Nodes[i].Name));
    }

    private string Backward(TraceNode node, Step step)
    {
        string name = PageNames.Drawn(node.Name), result = PageNames.Drawn(trace.Result.Name);
        if (node.Id == trace.Result.Id)
        {
            return $"Backward begins: when {result} itself grows by a little, {result} grows by just as much.";
        }

        TraceEdge[] uses = [.. step.Paths.Select(p => trace.Edges[p])];
        if (uses.Length == 0)
        {
            return $"Backward: no path leads from {name} to {result}.";
        }

        string through = Listed(uses.Select(u => PageNames.Drawn(trace.Nodes[u.To].Name)).Distinct());
        string rule = Rule(uses);
        return uses.Length == 1
            ? $"Backward: {name} reaches {result} through {through}, so its derivative is local × upstream{rule}."
            : $"Backward: {name} is used {Id(uses.Length)} times, in {through}. What each path brings back is added up{rule}.";
    }

    private static string Rule(IEnumerable<TraceEdge> uses)
    {
        string[] rules = [.. uses.Select(u => u.Rule).Where(r => r.Contains(' ', StringComparison.Ordinal)).Distinct()];
        return rules.Length == 0 ? "" : $" ({string.Join(", ", rules)})";
    }

    // Formulas of numbers stand in the tables, and the script puts them together for the walk (Script/walk.js): each is in the file once.
    private Markup? Formula(Step step)
    {
        if (step.Kind is StepKind.Start or StepKind.Update)
        {
            return step.Kind == StepKind.Update && trace.Update!.Rule.Length > 0 ? new Element("p", ("class", "formula")) { names.Math(trace.Update.Rule) } : null;
        }

        TraceNode node = trace.Nodes[step.Node!.Value];
        return step.Kind == StepKind.Forward
            ? names.IsTensors(node) ? new Element("p", ("class", "formula"))
            {
                new Element("span", ("class", "symbols")) { names.Equation(node) },
                Value("forward", $"v{Id(node.Id)}", node.Values),
            }
            : null
            : names.Gradient(node, step.Paths) is { } tensors ? new Element("p", ("class", "formula")) { tensors, Value("back", $"g{Id(node.Id)}", node.Gradient ?? []) } : null;
    }

    /// <summary>The local derivative of a use, over names.</summary>
    public Markup Local(TraceEdge use) => PageNames.IsSum(use.LocalFormula) ? new Element("span") { "(", names.Math(use.LocalFormula), ")" } : names.Math(use.LocalFormula);

    /// <summary>The number of a path.</summary>
    public int PathNumber(TraceEdge use) => _numbers[use];

    /// <summary>Whether the result depends on one given value alone, so that a textbook writes d.</summary>
    public bool OnlyLeaf => trace.Nodes.Count(Steps.IsGiven) == 1;

    /// <summary>
    /// Whether the step is the gradient times the learning rate, in a cost that others write with another half: then the page computes theirs. Other
    /// optimizers' steps do not follow the size of the gradient, so theirs stays as it was recorded, under its own name.
    /// </summary>
    public bool FollowsGradients { get; } = computes && names.Half.Other is not null && trace.Update is { } step && step.Parameters.All(p =>
        p.Slots.Count == 0 && p.After.Count == 1
        && trace.Nodes[p.Node] is { Gradient: { } gradient, Values: var before }
        && Math.Abs(before[0] - (step.LearningRate * gradient[0]) - p.After[0]) <= Rounding * Math.Max(Math.Abs(before[0]), Math.Abs(p.After[0])));

    private static Element Value(string style, string key, IReadOnlyList<double> values) => new("span", ("class", "outcome"))
    {
        " = ",
        new Element("b", ("class", style), ("data-q", key)) { Numbers.Short(values) },
    };

    /// <summary>A number inside a product: a negative one in parentheses.</summary>
    public static string Signed(double value) => value < 0 || (value == 0 && double.IsNegative(value)) ? $"({Numerals.Printed(value)})" : Numerals.Printed(value);

    private static string Listed(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length switch { 0 => "constants", 1 => all[0], _ => $"{string.Join(", ", all[..^1])} and {all[^1]}" };
    }

    private static string Id(int number) => number.ToString(CultureInfo.InvariantCulture);
}
