using System.Globalization;

namespace Nabla.Explain;

/// <summary>The numbers of a trace as tables: all that the page knows, readable without its script.</summary>
/// <param name="trace">Whose numbers.</param>
/// <param name="names">How names are written.</param>
/// <param name="sentences">How derivatives are written.</param>
internal sealed class Tables(Trace trace, PageNames names, Sentences sentences)
{
    // A tensor with more elements is shown by its shape and a picture; its numbers are in the data.
    private const int MostCells = 200;

    /// <summary>Whether a tensor is told by a picture rather than by its cells.</summary>
    public static bool IsLarge(IReadOnlyList<double> values) => values.Count > MostCells;

    /// <summary>Every value in order.</summary>
    public Element Forward() => Table(
        "forward",
        "Forward: each value from those before it",
        ["", "name", "formula", "with numbers", "value"],
        "Values",
        [.. trace.Nodes],
        (node, i) =>
        [
            new Element("tr", ("data-node", Id(node.Id)), ("class", Steps.IsGiven(node) ? "given" : null))
            {
                new Element("td", ("class", "count")) { Id(i + 1) },
                new Element("th", ("scope", "row")) { PageNames.Name(node.Name), Shape(node) },
                new Element("td") { Steps.IsGiven(node) ? new Element("span", ("class", "quiet")) { node.Role == TraceRole.Parameter ? "parameter" : "given" } : names.Cost(node) },
                node.Numbers.Length > 0 ? new Element("td", ("data-q", $"n{Id(node.Id)}")) { PageNames.WithNumbers(node.Numbers) } : new Element("td"),
                Cell(node.Dims, node.Values, $"v{Id(node.Id)}", "forward", node.ExactValue),
            },
        ]);

    /// <summary>Every gradient in reverse order, with the paths that it is the sum of.</summary>
    public Element Backward() => Table(
        "backward",
        "Backward: each gradient is the sum over its paths of local × upstream",
        ["", "gradient", "path", "local × upstream", "brings", "gradient", "nudge"],
        "Gradients",
        [.. trace.Nodes.Reverse()],
        Rows);

    private IEnumerable<Element> Rows(TraceNode node, int row)
    {
        TraceEdge[] uses = [.. trace.PathsFrom(node)];
        string? span = uses.Length > 1 ? Id(uses.Length) : null;
        for (int i = 0; i < Math.Max(1, uses.Length); i++)
        {
            TraceEdge? use = i < uses.Length ? uses[i] : null;
            Element line = new("tr", ("data-node", Id(node.Id)), ("class", i == 0 ? "first" : null));
            if (i == 0)
            {
                line.Add(new Element("td", ("class", "count"), ("rowspan", span)) { Id(row + 1) });
                line.Add(new Element("th", ("scope", "rowgroup"), ("rowspan", span)) { PageNames.Derivative(names.Result, node.Name, sentences.OnlyLeaf) });
            }

            if (use is null)
            {
                line.Add(new Element("td", ("colspan", "3"), ("class", "quiet")) { node.Id == trace.Result.Id ? "where it begins" : "no path" });
            }
            else
            {
                int path = sentences.PathNumber(use);
                line.Add(new Element("td") { PageNames.Arrow(node.Name, trace.Nodes[use.To].Name) });
                line.Add(use.Local is null
                    ? names.Path(path) is { } brought ? new Element("td") { brought } : new Element("td", ("class", "quiet")) { use.LocalFormula.Length > 0 ? names.Math(use.LocalFormula) : $"by the rule of {use.Rule}" }
                    : new Element("td")
                    {
                        new Element("span", ("class", "symbols")) { names.Times(use), sentences.Local(use), " · ", PageNames.Derivative(names.Result, trace.Nodes[use.To].Name, sentences.OnlyLeaf) },
                        new Element("span", ("class", "numbers"))
                        {
                            new Element("span", ("data-q", $"l{Id(path)}")) { Sentences.Signed(use.Local[0]) },
                            " · ",
                            new Element("span", ("data-q", $"g{Id(use.To)}")) { Sentences.Signed(trace.Nodes[use.To].Gradient is { Count: > 0 } g ? g[0] : double.NaN) },
                        },
                    });
                line.Add(new Element("td", ("class", "number back"), ("data-q", $"c{Id(path)}")) { Numbers.Short(use.Contribution) });
            }

            if (i == 0)
            {
                Element cell = node.Gradient is { } gradient
                    ? Cell(node.Dims, gradient, $"g{Id(node.Id)}", "back", node.ExactGradient, span)
                    : new Element("td", ("class", "quiet"), ("rowspan", span)) { Numbers.Absent(node.GradientState) };
                line.Add(cell);
                line.Add(Verdict(node, span));
            }

            yield return line;
        }
    }

    private static Element Verdict(TraceNode node, string? span)
    {
        NudgeVerdict[] verdicts = [.. node.Checks.Select(c => c.Verdict)];
        if (verdicts.Length == 0)
        {
            return new Element("td", ("rowspan", span));
        }

        (string sign, string words) = verdicts.Max() switch
        {
            NudgeVerdict.Agrees => ("✓", "agrees"),
            NudgeVerdict.Close => ("≈", "close"),
            NudgeVerdict.Disagrees => ("✗", "disagrees"),
            NudgeVerdict.Kink => ("∧", "kink"),
            _ => ("?", "cannot tell"),
        };
        return new Element("td", ("rowspan", span), ("class", $"verdict-{verdicts.Max().ToString().ToLowerInvariant()}")) { $"{sign} {words}" };
    }

    /// <summary>What a nudge does: the independent witness. Null where nothing was nudged.</summary>
    public Element? Nudges()
    {
        TraceNode[] nudged = [.. trace.Nodes.Reverse().Where(n => n.Nudges.Count > 0 && n.Id != trace.Result.Id)];
        return nudged.Length == 0 ? null : Table(
            "nudges",
            "Nudges: one number a little larger, and what the result does. Nothing here knows of derivatives",
            ["number", "ε", $"{PageNames.Drawn(names.Result)} then", "change / ε", "both sides", "gradient"],
            nudged.SelectMany(node => node.Nudges.Select(nudge => new Element("tr", ("data-node", Id(node.Id)))
            {
                new Element("th", ("scope", "row")) { PageNames.Name(node.Name) },
                new Element("td") { Numerals.Printed(nudge.Epsilon) },
                new Element("td", ("title", names.Half.Other is null ? nudge.ExactResult : null)) { Numerals.Printed(nudge.Result) },
                new Element("td") { Numerals.Printed(nudge.Ratio) },
                new Element("td") { Numerals.Printed(nudge.Central) },
                new Element("td", ("class", "back")) { node.Gradient is { Count: 1 } g ? Numerals.Printed(g[0]) : Numbers.Absent(node.GradientState) },
            })));
    }

    /// <summary>What one step of training changes; null where none was asked for.</summary>
    public Element? Update() => trace.Update is not { } update ? null : Table(
        "update",
        $"Update: one step of {update.Optimizer}, learning rate {Numerals.Printed(update.LearningRate)}; all gradients are taken at the old values"
            + (names.Half.Other is null || sentences.FollowsGradients ? "" : $". It stays as it was recorded, with {PageNames.Drawn(names.Result)} = {names.Text(trace.Result)}"),
        ["parameter", "before", "gradient", "after", "effective rate"],
        update.Parameters.Select(p => new Element("tr", ("data-node", Id(p.Node)))
        {
            new Element("th", ("scope", "row")) { PageNames.Name(trace.Nodes[p.Node].Name) },
            new Element("td", ("class", "forward")) { Numbers.Short(trace.Nodes[p.Node].Values) },
            new Element("td", ("class", "back")) { trace.Nodes[p.Node].Gradient is { } g ? Numbers.Short(g) : Numbers.Absent(trace.Nodes[p.Node].GradientState) },
            new Element("td", ("class", "forward")) { Numbers.Short(p.After) },
            Rate(p),
        }).Append(new Element("tr", ("class", "sum"), ("data-node", Id(trace.Result.Id)))
        {
            new Element("th", ("scope", "row")) { PageNames.Name(names.Result) },
            new Element("td", ("class", "forward")) { Numbers.Short(trace.Result.Values) },
            new Element("td"),
            new Element("td", ("class", "forward"), ("id", "result-after")) { Numerals.Printed(update.ResultAfter) },
            new Element("td"),
        }),
        names.Half.Other is not null && !sentences.FollowsGradients);

    // A step over a gradient of 0 is no rate, and over one that is no number neither.
    private Element Rate(TraceParameter parameter)
    {
        double[] rates = [.. parameter.EffectiveRates.Where(r => !double.IsNaN(r))];
        return new Element("td", ("class", rates.Length > 0 ? null : "quiet"))
        {
            rates.Length > 0 || parameter.EffectiveRates.Count == 0 ? Numbers.Short(rates)
                : trace.Nodes[parameter.Node].Gradient?.FirstOrDefault(g => g != 0) is double odd and not 0 ? $"none: gradient {Numerals.Printed(odd)}"
                : "none: gradient 0",
        };
    }

    /// <summary>What the step changes without a gradient, as it was recorded; null where nothing is changed so.</summary>
    public Element? State() => trace.State.Count == 0 ? null : Table(
        "state",
        "State: what the step changes without a gradient; in a formula its own name is the old value",
        ["state", "formula", "before", "after"],
        trace.State.Select(s => new Element("tr")
        {
            new Element("th", ("scope", "row")) { s.Path },
            new Element("td", ("class", "formula")) { s.Formula },
            new Element("td", ("class", "number forward")) { Numbers.Short(s.Before) },
            new Element("td", ("class", "number forward")) { Numbers.Short(s.After) },
        }));

    /// <summary>The samples of a batch and their mean; null for one sample.</summary>
    public Element? Examples()
    {
        if (trace.Examples.Count == 0)
        {
            return null;
        }

        // A large record leaves the gradients of single examples out.
        bool hasGradients = trace.Examples[0].Gradients.Count > 0;
        TraceNode[] parameters = hasGradients ? [.. trace.Nodes.Where(n => n.Role == TraceRole.Parameter)] : [];
        return Table(
            "examples",
            $"Batch: each example has its own loss and gradients{(hasGradients ? "" : " (so many that they are left out here)")}; the step uses their mean",
            ["example", "loss", "answer", .. parameters.Select(p => $"∂/∂{PageNames.Drawn(p.Name)}")],
            trace.Examples.Select(e => Example(Id(e.Row), null, Numerals.Printed(e.Loss), Numbers.Short(e.Outputs), e.Gradients))
                .Append(Example("mean", "sum", Numerals.Printed(trace.Examples.Average(e => e.Loss)), "", [.. parameters.Select((_, p) => Mean(p))])));
    }

    private IReadOnlyList<double> Mean(int parameter) =>
        [.. Enumerable.Range(0, trace.Examples[0].Gradients[parameter].Count).Select(i => trace.Examples.Average(e => e.Gradients[parameter][i]))];

    private static Element Example(string name, string? style, string loss, string answer, IReadOnlyList<IReadOnlyList<double>> gradients) =>
        new("tr", ("class", style))
        {
            new Element("th", ("scope", "row")) { name },
            new Element("td", ("class", "number forward")) { loss },
            new Element("td", ("class", "number forward")) { answer },
            gradients.Select(g => new Element("td", ("class", "number back")) { Numbers.Short(g) }),
        };

    private static Element Cell(IReadOnlyList<int> dims, IReadOnlyList<double> values, string key, string style, string? exact, string? rows = null)
    {
        Element cell = new("td", ("class", $"number {style}"), ("rowspan", rows), ("data-q", values.Count == 1 ? key : null), ("title", values.Count == 1 ? exact ?? Numerals.Exact(values[0]) : null));
        if (values.Count == 1)
        {
            cell.Add(Numerals.Printed(values[0]));
        }
        else
        {
            cell.Add(Matrix(dims, values, key));
        }

        return cell;
    }

    /// <summary>A tensor: rows and columns where there are not too many, a word otherwise.</summary>
    public static Element Matrix(IReadOnlyList<int> dims, IReadOnlyList<double> values, string key)
    {
        if (IsLarge(values))
        {
            return new Element("span", ("class", "large"), ("data-heat", key)) { HeatWords.Of(dims, values) };
        }

        int columns = dims.Count == 0 ? 1 : dims[^1];
        return new Element("table", ("class", "matrix"), ("data-matrix", key))
        {
            Enumerable.Range(0, columns == 0 ? 0 : values.Count / columns).Select(r => new Element("tr")
            {
                Enumerable.Range(0, columns).Select(c => new Element("td", ("title", Numerals.Exact(values[(r * columns) + c]))) { Numerals.PrintedBrief(values[(r * columns) + c] + 0) }),
            }),
        };
    }

    private static Element? Shape(TraceNode node) => node.Dims.Count == 0 ? null : new Element("span", ("class", "shape")) { Numbers.Shape(node.Dims) };

    /// <summary>What a lesson shows beside its one step.</summary>
    public IEnumerable<Element> Lesson(Lesson lesson) => lesson.Tables.Select((table, i) => new Element("div")
    {
        Table(
            $"lesson-{Id(i + 1)}", $"{table.Title[..1]}{table.Title[1..].ToLowerInvariant()}. {table.Note}", LessonTables.Heads(table),
            LessonTables.Rows(trace, table, v => Numerals.Of(v, lesson.IsExact)).Select(cells => new Element("tr") { cells.Select(c => new Element("td", ("class", "number")) { c }) }),
            keepsNames: true),
    });

    // A row or some for each node; many come in parts, each with the heads.
    private static Element Table(string id, string caption, string[] heads, string what, TraceNode[] nodes, Func<TraceNode, int, IEnumerable<Element>> rowsOf)
    {
        IEnumerable<Element> Rows(int at, int count) => Enumerable.Range(at, count).SelectMany(i => rowsOf(nodes[i], i));
        return !Folds.AreFor(nodes.Length)
            ? Table(id, caption, heads, Rows(0, nodes.Length))
            : new Element("div", ("id", id), ("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", $"{id}-caption"))
            {
                new Element("p", ("id", $"{id}-caption"), ("class", "quiet")) { caption },
                Folds.Of(nodes.Length, what, 1, i => PageNames.Drawn(nodes[i].Name), open: 1, (at, count) => new Element("table") { Heads(heads), new Element("tbody") { Rows(at, count) } }),
            };
    }

    private static Element Table(string id, string caption, IEnumerable<string> heads, IEnumerable<Element> rows, bool keepsNames = false) =>
        new("div", ("class", "wide"), ("data-as-recorded", keepsNames ? "" : null), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", $"{id}-caption"))
        {
            new Element("table", ("id", id))
            {
                new Element("caption", ("id", $"{id}-caption")) { caption },
                Heads(heads),
                new Element("tbody") { rows },
            },
        };

    private static Element Heads(IEnumerable<string> heads) => new("thead") { new Element("tr") { heads.Select(h => new Element("th", ("scope", "col")) { CourseNames.High(h) }) } };

    private static string Id(int number) => number.ToString(CultureInfo.InvariantCulture);
}
