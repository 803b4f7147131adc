using System.Text;

namespace Nabla.Explain;

/// <summary>Names and formulas of a trace in the page's alphabets: text for drawings, MathML for sentences; LaTeX is read off that by the page's script.</summary>
/// <param name="trace">Whose names.</param>
/// <param name="program">Its program, for formulas of tensors; null where it has none.</param>
/// <param name="courses">The names of its layers in courses; null for none.</param>
internal sealed partial class PageNames(Trace trace, PageProgram? program = null, CourseNames? courses = null)
{
    private const int Longest = 4000;

    // The names that the reader of formulas would not take for names.
    private readonly (string Name, int Id)[] _names =
        [.. trace.Nodes.Where(n => !n.Name.All(IsPart)).Select(n => (n.Name, n.Id)).OrderByDescending(n => n.Name.Length)];
    private readonly Dictionary<string, Formula?> _read = [];

    /// <summary>The convention of the cost about its half.</summary>
    public CostHalf Half { get; } = CostHalf.Of(trace);

    /// <summary>The names of layers in courses that have their own.</summary>
    public CourseNames Courses { get; } = courses ?? CourseNames.Of(trace, null);

    /// <summary>The result's name.</summary>
    public string Result => trace.Result.Name;

    /// <summary>Whether a text is a formula, rather than words.</summary>
    public bool Reads(string formula) => Read(formula) is not null;

    /// <summary>A formula on one line, with the signs of mathematics.</summary>
    public string Text(string formula) => (Read(formula) is { } read ? Readable(() => Line(read)) : null) ?? formula;

    /// <summary>How a value is made, on one line.</summary>
    public string Text(TraceNode node) =>
        (program?.Formulas.Value(node) is { } formula ? Readable(() => Line(formula.Whole ?? formula.Element!)) : null) ?? Text(node.Formula);

    private static string Line(Formula formula) => FormulaUnicode.Print(formula, Longest).Replace('*', '·').Replace('-', '−');

    /// <summary>How a value is made, as MathML. Tensors are written whole where mathematics has signs for it, and by elements; the reader's choice decides.</summary>
    public Markup Math(TraceNode node) => program?.Formulas.Value(node) is { } formula ? Either(formula.Whole, formula.Element) ?? TooLong : Math(node.Formula);

    /// <summary>Whether a value is made of tensors.</summary>
    public bool IsTensors(TraceNode node) => program?.Formulas.Value(node) is not null;

    /// <summary>A name and how it is made: <c>z = x W + b</c>, or by elements <c>z_i = ...</c>.</summary>
    public Markup Equation(TraceNode node) => program?.Formulas.Value(node) is { } formula
        ? Either(Equal(node.Name, formula.Whole), Equal(PageFormulas.Named(node.Name, formula.Letters), formula.Element)) ?? TooLong
        : new Element("span") { Name(node.Name), " = ", Cost(node) };

    /// <summary>What a path of tensors brings back, as MathML; null where its rule has no such form.</summary>
    public Markup? Path(int edge) => Named(
        Delta(trace.Nodes[trace.Edges[edge].To].Name), arriving => program?.Formulas.Path(edge, arriving) is { } path ? Either(path.Whole, path.Element) : null);

    /// <summary>The gradient of a tensor as the sum of what its paths bring back; null where one of them has no formula.</summary>
    public Markup? Gradient(TraceNode node, IReadOnlyList<int> paths) => Named(
        paths.Select(p => Delta(trace.Nodes[trace.Edges[p].To].Name)).FirstOrDefault(d => d is not null) ?? Delta(node.Name), arriving =>
        {
            (Formula? whole, Formula? element, string letters) = Sum(paths, arriving);
            string own = arriving is not null && Delta(node.Name) is { } delta ? delta : node.Name;
            Formula Left(string place) => own == node.Name
                ? new Formula.Derivative(new Formula.Symbol(Result), [PageFormulas.Named(own, place)])
                : new Formula.Symbol(PageFormulas.Named(own, place));
            return Either(
                whole is null ? null : new Formula.Infix("=", Left(""), whole),
                element is null ? null : new Formula.Infix("=", Left(letters), element));
        });

    /// <summary>Whether a formula needs parentheses in a product.</summary>
    public static bool IsSum(string formula) => formula.Contains(" + ", StringComparison.Ordinal) || formula.Contains(" - ", StringComparison.Ordinal) || formula.StartsWith('-');

    // Over whole tensors where all paths are, by elements where all are: never both in one sum.
    private (Formula? Whole, Formula? Element, string Letters) Sum(IReadOnlyList<int> paths, string? arriving)
    {
        TensorFormula?[] all = [.. paths.Select(p => program?.Formulas.Path(p, arriving is null ? null : Delta(trace.Nodes[trace.Edges[p].To].Name)))];
        Formula? Added(Func<TensorFormula, Formula?> form) =>
            all.Length > 0 && all.All(f => f is not null && form(f) is not null) ? all.Select(f => form(f!)!).Aggregate((a, b) => new Formula.Infix("+", a, b)) : null;
        return (Added(f => f.Whole), Added(f => f.Element), all.FirstOrDefault()?.Letters ?? "");
    }

    // In both names of a derivative by a z, where it has two.
    private static Markup? Named(string? delta, Func<string?, Markup?> write) =>
        write(null) is not { } by ? null
        : delta is not null && write(delta) is { } other ? new Element("span") { new Element("span", ("class", "by")) { by }, new Element("span", ("class", "delta")) { other } }
        : by;

    private static Formula.Infix? Equal(string name, Formula? formula) => formula is null ? null : new Formula.Infix("=", new Formula.Symbol(name), formula);

    private static Markup? Either(Formula? whole, Formula? element)
    {
        Markup? first = whole is null ? null : Readable(() => Set(whole));
        Markup? second = element is null ? null : Readable(() => Set(element));
        return first is null || second is null
            ? first ?? second
            : new Element("span") { new Element("span", ("class", "whole")) { first }, new Element("span", ("class", "by-index")) { second } };
    }

    // A formula that nobody could read (a normalization written out) is left to the numbers beside it.
    private static T? Readable<T>(Func<T?> print)
        where T : class
    {
        try
        {
            return print();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Markup TooLong => new Element("span") { "too long to be read as one formula" };

    // The other name of a derivative by a z.
    private static string? Delta(string by) => by.StartsWith('z') && FormulaName.Of(by).Base == "z" ? "delta" + by[1..] : null;

    /// <summary>A formula with numbers in it: as it was written, with the signs of mathematics.</summary>
    public static string WithNumbers(string formula) => Relu().Replace(formula, "relu($1)").Replace('*', '·').Replace('-', '−');

    /// <summary>A formula as MathML; the text itself where no reader knows it.</summary>
    public Markup Math(string formula) => (Read(formula) is { } read ? Readable(() => Set(read)) : null) ?? new Element("code") { formula };

    /// <summary>How a value is made; of the cost, and of what it is a sum of, in both conventions about the half. The reader's choice decides which is seen.</summary>
    public Markup Cost(TraceNode node) => Half.Formula(node.Id) is { } other ? Both(Math(node.Formula), other) : Math(node);

    /// <summary>The cost over other values than its own, in both conventions; null where the text has no second one.</summary>
    public Markup? Cost(string formula) => Half.Other switch
    {
        null => Math(formula),
        CourseNotation.ThreeBlueOneBrown => Explain.Half.Without(formula) is { } whole ? Both(Math(formula), whole) : null,
        _ => Explain.Half.EachTerm(formula, t => Explain.Half.WithInTerm(t, _ => null)) is { } halved ? Both(Math(formula), halved) : null,
    };

    private Element Both(Markup own, string other) => new("span")
    {
        new Element("span", ("class", "own-cost")) { own },
        new Element("span", ("class", "other-cost")) { Math(other) },
    };

    /// <summary>What a local derivative is multiplied by in the other convention; null where that is nothing.</summary>
    public Element? Times(TraceEdge use) =>
        Half.Scale(use.To) != Half.Scale(use.From) ? new Element("span", ("class", "other-cost")) { Half.Factor > 1 ? "2 · " : "½ · " } : null;

    /// <summary>A name as MathML.</summary>
    public static Markup Name(string name) => Set(new Formula.Symbol(name));

    /// <summary>A path from one name to another as MathML.</summary>
    public static Markup Arrow(string from, string to) => new Verbatim($"<math>{Inner(from)}<mo>→</mo>{Inner(to)}</math>");

    /// <summary>A name for a drawing: scripts that Unicode has stand low or high.</summary>
    public static string Drawn(string name) => Index().Replace(FormulaUnicode.Print(new Formula.Symbol(name), Longest), index => FormulaScripts.Lower(index.Groups[1].Value)!);

    // A drawing is not typed back: a_1 is drawn as a1 is, with its number below.
    [System.Text.RegularExpressions.GeneratedRegex(@"_(\d+)")]
    private static partial System.Text.RegularExpressions.Regex Index();

    /// <summary>A derivative as a fraction. Its signs carry whether a textbook writes d for them; a derivative by a z gets its other name, δ, from the script (Script/walk.js).</summary>
    /// <param name="of">What is differentiated.</param>
    /// <param name="by">With respect to what.</param>
    /// <param name="onlyOne">Whether nothing else varies.</param>
    public static Markup Derivative(string of, string by, bool onlyOne)
    {
        string sign = onlyOne ? "<mi class=\"partial one\">∂</mi>" : "<mi>∂</mi>";
        return new Verbatim($"<math><mfrac><mrow>{sign}{Inner(of)}</mrow><mrow>{sign}{Inner(by)}</mrow></mfrac></math>");
    }

    private static Markup Set(Formula formula) => new Verbatim(LongMath.Broken(Plain().Replace(FormulaMathMl.Print(formula, Longest), "<math>", 1)));

    // A browser knows the namespace, and reads the formula itself.
    [System.Text.RegularExpressions.GeneratedRegex("^<math[^>]*>")]
    private static partial System.Text.RegularExpressions.Regex Plain();

    // The MathML of a name without the element around it.
    private static string Inner(string name)
    {
        string math = FormulaMathMl.Print(new Formula.Symbol(name), Longest);
        return math[(math.IndexOf('>', StringComparison.Ordinal) + 1)..^"</math>".Length];
    }

    // Names like W^[1] are none for the reader of formulas: it gets others, and the mathematics has the true ones.
    private Formula? Read(string formula)
    {
        if (_read.TryGetValue(formula, out Formula? known))
        {
            return known;
        }

        try
        {
            Graph graph = FormulaParser.Parse(Replaced(formula));
            Dictionary<Node, Formula> names = graph.Inputs.ToDictionary(i => i, i => (Formula)new Formula.Symbol(TrueName(((Leaf)i.Op).Label)));
            return _read[formula] = WithRelu(FormulaRenderer.Render(graph.Outputs[^1].Node, names));
        }
        catch (Exception e) when (e is ParseException or ShapeException or ArgumentException)
        {
            return _read[formula] = null;
        }
    }

    // A relu is recorded as the choice that it is; people know it by its name. Its slope likewise.
    private static Formula WithRelu(Formula formula) => formula switch
    {
        Formula.Call { Function: "where", Arguments: [Formula.Infix { Operator: "<=", Left: var z, Right: Formula.Number { Value.Sign: 0 } }, Formula.Number { Value.Sign: 0 }, var otherwise] }
            when otherwise == z || otherwise is Formula.Number { Value: var one } && one == 1 => new Formula.Call(otherwise == z ? "relu" : "relu'", [WithRelu(z)]),
        Formula.Call { Function: "where", Arguments: [Formula.Infix { Operator: ">", Left: var z, Right: Formula.Number { Value.Sign: 0 } }, Formula.Number { Value: var one }, Formula.Number { Value.Sign: 0 }] }
            when one == 1 => new Formula.Call("relu'", [WithRelu(z)]),
        Formula.Call call => call with { Arguments = [.. call.Arguments.Select(WithRelu)] },
        Formula.Infix infix => infix with { Left = WithRelu(infix.Left), Right = WithRelu(infix.Right) },
        Formula.Prefix prefix => prefix with { Operand = WithRelu(prefix.Operand) },
        Formula.Power power => power with { Base = WithRelu(power.Base), Exponent = WithRelu(power.Exponent) },
        _ => formula,
    };

    [System.Text.RegularExpressions.GeneratedRegex(@"where\((.+?) <= 0, 0, \1\)")]
    private static partial System.Text.RegularExpressions.Regex Relu();

    private string TrueName(string label) =>
        label.Length > 2 && label.StartsWith('q') && label.EndsWith('q') && int.TryParse(label[1..^1], System.Globalization.CultureInfo.InvariantCulture, out int id) ? trace.Nodes[id].Name : label;

    private string Replaced(string formula)
    {
        StringBuilder text = new();
        for (int at = 0; at < formula.Length;)
        {
            bool begins = at == 0 || !IsPart(formula[at - 1]);
            (string Name, int Id) found = begins ? _names.FirstOrDefault(n => string.CompareOrdinal(formula, at, n.Name, 0, n.Name.Length) == 0 && Ends(formula, at + n.Name.Length)) : default;
            if (found.Name is { Length: > 0 } name)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"q{found.Id}q");
                at += name.Length;
            }
            else
            {
                text.Append(formula[at++]);
            }
        }

        return text.ToString();
    }

    private static bool Ends(string text, int at) => at == text.Length || !(IsPart(text[at]) || text[at] == '(' || text[at] == '\'');

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || c == '_';
}
