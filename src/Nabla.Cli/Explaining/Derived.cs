using Nabla.Explain;

namespace Nabla.Cli.Explaining;

/// <summary>What <c>nabla diff</c> found: the derivation, and, at a point, its value beside the nudge.</summary>
/// <param name="Name">What the formula is called.</param>
/// <param name="Steps">The derivation; its first step is the formula.</param>
/// <param name="Point">A value for each name; empty where no point was given.</param>
/// <param name="Witness">The differentiated name in the trace at the point, with its nudges; null where no point was given.</param>
internal sealed record Derived(string Name, DiffStep Steps, IReadOnlyList<(Expr Symbol, Expr Value)> Point, TraceNode? Witness)
{
    /// <summary>Whether the nudges hold the derivative true, as in a trace: what is not finite could not be judged, so it does not hold.</summary>
    public bool Holds => Witness is null || Witness.Holds;

    /// <summary>An expression at the point: an exact number where there is one.</summary>
    public Expr AtPoint(Expr expression) => expression.Subs([.. Point]);

    /// <summary>An expression at the point in double.</summary>
    public double Value(Expr expression) => expression.ToDouble([.. Point.Select(p => (p.Symbol, p.Value.ToDouble()))]);

    // Letters side by side are one name; a lecture means their product.
    private static bool LooksLikeProduct(string name) => name.Length is 2 or 3 && name.All(char.IsAsciiLetterLower) && GreekLetters.LetterOf(name) is null;

    private static string Products(string[] names) =>
        names.FirstOrDefault(LooksLikeProduct) is { } name ? $" '{name}' is one name here: for a product write {string.Join('*', name.AsEnumerable())}." : "";

    /// <summary>Differentiates.</summary>
    /// <param name="formula">As typed.</param>
    /// <param name="by">The name; null takes the only one.</param>
    /// <param name="at">Words such as w=2.</param>
    /// <param name="epsilons">The sizes of the nudge.</param>
    /// <exception cref="UsageException">The words mean nothing.</exception>
    public static Derived Of(string formula, string? by, IReadOnlyList<string> at, IReadOnlyList<double> epsilons)
    {
        by = by is null ? null : SymbolName.Of(by);
        string output = FormulaParser.Parse(formula).Outputs[^1].Name;
        Expr f = Sym.Parse(formula);
        string[] names = [.. f.FreeSymbols.Select(s => s.Name!)];
        (Expr Symbol, Expr Value)[] point = [.. at.SelectMany(word => word.Split(',')).Select(Pair)];
        try
        {
            Expr[] wanted = by is null ? [] : names.Contains(by) ? [Sym.Symbol(by)] : throw new UsageException($"--wrt: {Unknown.Word("name", by, names)}");
            if (wanted.Length == 0 && names.Length != 1)
            {
                throw new UsageException(names.Length == 0
                    ? $"diff: '{formula}' has no name to differentiate by. Write one, as in \"1/w\"."
                    : $"diff: expected the name to differentiate by, for '{formula}' has {names.Length}: {string.Join(", ", names)}. Add --wrt {names.FirstOrDefault(n => !LooksLikeProduct(n), names[0])}.{Products(names)}");
            }

            DiffStep steps = Sym.DiffSteps(f, wanted);
            string name = output != FormulaParser.ResultName ? output : names.Contains("J") ? "f" : "J";
            if (point.Length == 0)
            {
                return new Derived(name, steps, [], null);
            }

            // A name of intermediates that nothing needs is not asked for.
            TraceOptions options = new() { Epsilons = epsilons, Parameters = [steps.Variable.Name!], OnPaper = true };
            Trace trace = Trace.Of(f.ToText(), options, [.. point.Select(p => (p.Symbol.Name!, p.Value.ToDouble()))]);
            return new Derived(name, steps, point, trace[steps.Variable.Name!]);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static (Expr Symbol, Expr Value) Pair(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        try
        {
            if (equals > 0)
            {
                Expr value = Sym.Parse(word[(equals + 1)..]).Simplify();
                return value.FreeSymbols.Length == 0 ? (Sym.Symbol(word[..equals].Trim()), value) : throw new UsageException($"--at: expected a number in '{word}', such as w=2 or w=1/3.");
            }
        }
        catch (ParseException)
        {
            throw new UsageException($"--at: expected a number in '{word}', such as w=2 or w=1/3.");
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--at: {e.Message}");
        }

        throw new UsageException($"--at: expected a name and its value, such as w=2, received '{word}'.");
    }
}
