using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Nabla;

/// <summary>Sums and their kin as calls: the letter that they run over, and what they run over.</summary>
internal static class BigOperators
{
    public const string Sum = "sum_over";
    public const string Max = "max_over";
    public const string Min = "min_over";
    public const string All = "all_over";
    public const string Any = "any_over";

    /// <summary>Their signs: Unicode, and LaTeX.</summary>
    public static FrozenDictionary<string, (string Sign, string Latex)> Signs { get; } = new Dictionary<string, (string, string)>
    {
        [Sum] = ("∑", @"\sum"),
        [Max] = ("max", @"\max"),
        [Min] = ("min", @"\min"),
        [All] = ("∀", @"\forall"),
        [Any] = ("∃", @"\exists"),
    }.ToFrozenDictionary();

    /// <summary>Whether a formula is one of them; then what it runs over stands last, and takes all products behind it.</summary>
    public static bool Is(Formula formula) => formula is Formula.Call { Arguments: [Formula.Symbol, _] } call && Signs.ContainsKey(call.Function);

    /// <summary>Whether a formula ends in one, so that a factor behind it would be read as part of it.</summary>
    public static bool Ends(Formula formula)
    {
        while (formula is Formula.Infix { Operator: "*" or "⊙" or "+" or "-" } infix)
        {
            formula = infix.Right;
        }

        return Is(formula);
    }

    /// <summary>How tightly what it runs over has to bind: a minus stands in parentheses.</summary>
    public static int InnerRank(Formula inner) => FormulaRank.BeginsWithMinus(inner) ? FormulaRank.Atom : FormulaRank.Product;

    /// <summary>The parts of one.</summary>
    public static (string Sign, string Latex, string Letters, Formula Inner) Of(ImmutableArray<Formula> arguments, string function) =>
        (Signs[function].Sign, Signs[function].Latex, ((Formula.Symbol)arguments[0]).Name, arguments[1]);
}
