using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>A trace as one page: everything inside, nothing fetched, readable without its script.</summary>
internal static partial class PageFile
{
    internal const string Policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    private const int LongestCost = 48;

    // A formula may be its own title, and no heading of its own.
    private const int LongestTitle = 120;

    // What the cards of the three steps hold; the tables have all.
    private const int MostEquations = 6;
    private const int MostUpdates = 4;

    // In the order in which they build on each other.
    internal static readonly string[] Scripts = ["numbers", "data", "live", "folds", "walk", "latex", "stepper", "plots", "move", "courses", "notation", "worksheet", "neuron", "layers", "training/heat", "heatmaps", .. ReplaySection.Scripts, "selftest", "start"];

    // What only networks of layers need.
    private static readonly string[] LayerScripts = ["neuron", "layers"];

    // What only lessons need whose layers have names in courses.
    private const string CourseScript = "courses";

    // What only large tensors need.
    private static readonly string[] HeatScripts = ["training/heat", "heatmaps"];

    public static void Save(string page, string path)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(page);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>A page.</summary>
    /// <param name="trace">The step that it opens.</param>
    /// <param name="lesson">The lesson whose tables stand on it; null for none.</param>
    /// <param name="iterations">The training that begins with the step, to be played on it; null for none.</param>
    public static string Write(Trace trace, Lesson? lesson, Iterations? iterations = null)
    {
        ReplaySection? replay = iterations is null ? null : new(iterations);
        PageProgram? program = PageProgram.Read(trace);
        CourseNames courses = CourseNames.Of(trace, lesson);
        PageNames names = new(trace, program, courses);
        Steps steps = new(trace);
        string? script = program?.Script();
        Sentences sentences = new(trace, names, steps, script is not null);
        Tables tables = new(trace, names, sentences);
        Element html = new("html", ("lang", "en"))
        {
            new Element("head")
            {
                new Element("meta", ("charset", "utf-8")),
                new Element("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy)),
                new Element("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")),
                new Element("meta", ("name", "color-scheme"), ("content", "light dark")),
                new Element("title") { $"{trace.Title} · every number" },
                Style(["graph.css", "page.css", .. trace.Layers.Count > 0 ? ["layers.css"] : Array.Empty<string>(), .. replay is null ? Array.Empty<string>() : ["charts.css"]]),
            },
            new Element("body")
            {
                new Element("header")
                {
                    new Element("h1") { trace.Title.Length <= LongestTitle ? trace.Title : $"{trace.Title[..LongestTitle].TrimEnd()} …" },
                    new Element("p", ("class", "lead"))
                    {
                        PageNames.Name(trace.Result.Name), " = ", (names.Reads(Cost(trace)) ? names.Cost(Cost(trace)) : null) ?? names.Cost(trace.Result), " = ",
                        new Element("b", ("class", "forward"), ("data-q", $"v{Id(trace.Result.Id)}")) { Numbers.Short(trace.Result.Values) },
                    },
                    names.Reads(Cost(trace)) ? null : new Element("p", ("class", "quiet")) { trace.Convention },
                    new Element("div", ("id", "toolbar"), ("class", "script-only")),
                },
                new Element("main")
                {
                    ThreeSteps(trace, names),
                    replay?.Draw() ?? [],
                    Graphs(trace, names, program, steps),
                    new Element("section", ("id", "move"), ("class", "script-only")),
                    trace.Layers.Count > 0 ? new Element("section", ("id", "zoom"), ("class", "script-only")) : null,
                    new Element("section", ("aria-labelledby", "numbers-title"))
                    {
                        new Element("h2", ("id", "numbers-title")) { "Every number" },
                        tables.Forward(),
                        tables.Backward(),
                        tables.Nudges(),
                        tables.Update(),
                        tables.State(),
                        tables.Examples(),
                        lesson is null ? [] : tables.Lesson(lesson),
                        Work(trace),
                    },
                    new Element("section", ("aria-labelledby", "steps-title"))
                    {
                        new Element("h2", ("id", "steps-title")) { "Step by step" },
                        sentences.List(),
                    },
                },
                new Element("footer") { new Element("p") { "Made by Nabla from one recorded computation, in double precision. Nothing on this page comes from a network, and nothing leaves it." } },
                new Element("script", ("type", "application/json"), ("id", "trace")) { new Verbatim(PageData.Write(trace, names)) },
                replay?.Data(),
                Script((script ?? "const program = null;\n") + PageActivations.Script(trace)),
                Script(string.Concat(Scripts.Where(s => IsNeeded(s, names, trace, replay is not null)).Select(s => TightScript.Of(Resource($"{s}.js"))))),
            },
        };
        StringBuilder page = new("<!DOCTYPE html>\n");
        html.Write(page);
        return page.Append('\n').ToString();
    }

    private static bool IsNeeded(string script, PageNames names, Trace trace, bool isPlayed) =>
        ReplaySection.Scripts.Contains(script) ? isPlayed
        : script == CourseScript ? names.Courses.All.Count > 0
        : LayerScripts.Contains(script) ? trace.Layers.Count > 0
        : !HeatScripts.Contains(script) || trace.Nodes.Any(n => Tables.IsLarge(n.Values));

    // For both kinds of reader: to HTML the marks are comments of the script, to XML they say that all between them is text.
    private static Element Script(string text) => new("script")
    {
        new Verbatim($"//<![CDATA[\n\"use strict\";\n{text.Replace("]]>", "]] >", StringComparison.Ordinal).Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)}//]]>\n"),
    };

    // Rules of style without comments, ends of lines, and space where signs part already; strings stay.
    private static string TightStyle(string style) => StyleSpace().Replace(StyleRemarks().Replace(style, ""), "$1$2");

    [GeneratedRegex(@"/\*[\s\S]*?\*/")]
    private static partial Regex StyleRemarks();

    [GeneratedRegex(@"(""[^""]*"")|\s*([{};,])\s*|(?<=[\w-]:)\s+")]
    private static partial Regex StyleSpace();

    // In one line where one line holds it; over its last names otherwise.
    private static string Cost(Trace trace)
    {
        string whole = trace.Convention[(trace.Convention.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
        return whole.Length <= LongestCost || trace.Result.Formula.Length == 0 ? whole : trace.Result.Formula;
    }

    // The three steps of the lecture: what is computed, what it costs, how the cost is made smaller.
    private static Element ThreeSteps(Trace trace, PageNames names)
    {
        string result = PageNames.Drawn(trace.Result.Name);
        (IReadOnlyList<TraceNode> answer, IReadOnlyList<TraceNode> cost) = StepsSection.Parts(trace);
        TraceNode[] parameters = [.. trace.Nodes.Where(n => n.Role == TraceRole.Parameter)];
        Element model = new("p");
        foreach (TraceNode node in answer.Take(MostEquations))
        {
            model.Add(new Element("span", ("class", "step-formula")) { names.Equation(node) });
        }

        model.Add(More(answer.Count, MostEquations));
        if (answer.Count == 0)
        {
            model.Add("nothing before the cost");
        }

        return new Element("ol", ("class", "three"))
        {
            new Element("li") { new Element("h2") { "Compute" }, model },
            new Element("li")
            {
                new Element("h2") { "Cost" },
                new Element("p") { cost.TakeLast(MostEquations).Select(node => new Element("span", ("class", "step-formula")) { names.Equation(node) }), More(cost.Count, MostEquations) },
                trace.Examples.Count > 0 ? new Element("p", ("class", "quiet")) { trace.Examples.Count == 1 ? "one example" : $"the mean over {Id(trace.Examples.Count)} examples" } : null,
            },
            new Element("li")
            {
                new Element("h2") { $"Make {result} smaller" },
                Minimise(trace, names, parameters),
            },
        };
    }

    private static Markup? More(int count, int shown) => count > shown ? $" and {Id(count - shown)} more" : (Markup?)null;

    // The step as the optimizer takes it: gradient descent's rule stands under gradient descent alone.
    private static Element[] Minimise(Trace trace, PageNames names, IReadOnlyList<TraceNode> parameters)
    {
        if (parameters.Count == 0)
        {
            return [new Element("p") { "nothing is learned here" }];
        }

        string rest = parameters.Count > MostUpdates ? $" and {Id(parameters.Count - MostUpdates)} more" : "";
        if (trace.Update is { } update && (update.Optimizer != "SGD" || update.Parameters.Any(p => p.Slots.Count > 0)))
        {
            return [new Element("p")
            {
                $"{update.Optimizer} with α = {Numerals.Printed(update.LearningRate)} moves ",
                parameters.Take(MostUpdates).SelectMany((p, i) => new Markup[] { i > 0 ? ", " : "", PageNames.Name(p.Name) }),
                $"{rest}, all at once",
            }];
        }

        return
        [
            new Element("p")
            {
                parameters.Take(MostUpdates).Select(p => new Element("span", ("class", "step-formula"))
                {
                    PageNames.Name(p.Name), " := ", PageNames.Name(p.Name), " − α ", PageNames.Derivative(trace.Result.Name, p.Name, false),
                }),
                rest,
            },
            new Element("p", ("class", "quiet")) { $"{(trace.Update is { } step ? $"gradient descent, α = {Numerals.Printed(step.LearningRate)}, " : "")}all at once" },
        ];
    }

    private static Element Graphs(Trace trace, PageNames names, PageProgram? program, Steps steps)
    {
        IReadOnlyList<PageGraph> graphs = PageGraph.Of(trace, PageGraph.AllEdges(trace, program));
        Element section = new("section", ("id", "walk"), ("aria-labelledby", "walk-title"))
        {
            new Element("h2", ("id", "walk-title")) { "The computation" },
            new Element("div", ("id", "stepper"), ("class", "script-only")),
            new Element("p", ("class", "legend"))
            {
                new Element("span", ("class", "key forward")) { "value, forward" },
                new Element("span", ("class", "key back")) { "gradient, back" },
            },
        };
        for (int i = 0; i < graphs.Count; i++)
        {
            PageGraph graph = graphs[i];
            Element drawing = new("div", ("class", "wide drawing"), ("tabindex", "0"), ("role", "region"), ("aria-label", $"Computation graph {graph.Title}"))
            {
                new GraphDrawing(trace, names, graph, n => steps.ValueOf(n), n => steps.GradientOf(n)).Draw($"graph-{Id(i)}"),
            };
            section.Add(graphs.Count == 1
                ? drawing
                : new Element("details", ("class", Folds.Style)) { new Element("summary") { $"{graph.Title} ({Id(graph.Nodes.Count)} values)" }, drawing });
        }

        return section;
    }

    private static Element Work(Trace trace) => new("p", ("id", "work"), ("class", "work"))
    {
        "Work: backpropagation visits ",
        new Element("b") { $"N + P = {Id(trace.Work.Nodes)} + {Id(trace.Work.Parameters)} = {Id(trace.Work.Backward)}" },
        " numbers once; nudging each parameter by itself would visit ",
        new Element("b") { $"N × P = {Id(trace.Work.Nudging)}" },
        $". The engine asked for {Id(trace.Work.RuleApplications)} derivative rules for {Id(trace.Work.Operations)} operations.",
    };

    /// <summary>Rules of style from files, one after the other.</summary>
    internal static Element Style(params IEnumerable<string> files) => new("style") { new Verbatim($"/*<![CDATA[*/\n{string.Concat(files.Select(f => TightStyle(Resource(f))))}/*]]>*/") };

    /// <summary>A part of the page that is the same in all pages.</summary>
    public static string Resource(string name)
    {
        using Stream stream = typeof(PageFile).Assembly.GetManifestResourceStream($"page/{name}")
            ?? throw new InvalidOperationException($"The page's own '{name}' is not in this assembly.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Id(long number) => number.ToString(CultureInfo.InvariantCulture);
}
