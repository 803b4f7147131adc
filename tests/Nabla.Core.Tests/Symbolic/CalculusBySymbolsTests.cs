using System.Globalization;
using System.Text.Json;
using Nabla.Core.Tests.Goldens;
using static Nabla.Sym;

namespace Nabla.Core.Tests.Symbolic;

/// <summary>The 120 stored expressions of SymPy through the symbolic API: fractions exactly, the others in double.</summary>
public sealed class CalculusBySymbolsTests
{
    private static readonly Dictionary<string, JsonElement> Cases = JsonDocument.Parse(File.ReadAllBytes(RepositoryFiles.Golden("calculus.json")))
        .RootElement.GetProperty("cases").EnumerateArray().ToDictionary(c => c.GetProperty("case").GetString()!);

    public static TheoryData<string> Names { get; } = [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_derivatives_are_SymPys(string name)
    {
        JsonElement stored = Cases[name];
        Expr f = Parse(stored.GetProperty("expression").GetString()!);
        JsonElement at = stored.GetProperty("at");
        (Expr Symbol, Rational Value)[] point = [.. new[] { "w", "x", "b" }.Select(v => (Symbol(v), Rational.Parse(at.GetProperty(v).GetString()!)))];
        foreach (JsonProperty quantity in stored.GetProperty("values").EnumerateObject())
        {
            Expr derived = Of(f, quantity.Name);
            double expected = double.Parse(quantity.Value.GetString()!, CultureInfo.InvariantCulture);

            // Two correct ways to compute a number differ by some units in the last place of the terms it is made of.
            Gauged gauged = Gauge(derived, point);
            Assert.True(Math.Abs(gauged.Value - expected) <= 1e-12 * gauged.Terms + double.Epsilon, $"{quantity.Name} of {f} is {gauged.Value:R} instead of {expected:R}: {derived}");
        }

        if (stored.TryGetProperty("exact", out JsonElement exact))
        {
            foreach (JsonProperty quantity in exact.EnumerateObject())
            {
                Expr derived = Of(f, quantity.Name);
                Rational? value = derived.Subs([.. point.Select(p => (p.Symbol, (Expr)p.Value))]).Number;
                Assert.Equal(Rational.Parse(quantity.Value.GetString()!), value);
            }
        }
    }

    // Theirs is written quite differently; that both are the same function is seen at three points that the folder does not have.
    [Theory]
    [MemberData(nameof(Names))]
    public void The_derivative_that_SymPy_wrote_is_the_same_function(string name)
    {
        JsonElement stored = Cases[name];
        Expr ours = Diff(Parse(stored.GetProperty("expression").GetString()!), Symbol("w"));
        Expr theirs = Parse(stored.GetProperty("sympy_derivative").GetString()!);
        foreach ((int w, int x, int b) in new[] { (3, 2, 5), (-2, 7, 3), (5, -3, -4) })
        {
            (Expr, Rational)[] point = [(Symbol("w"), new Rational(w, 7)), (Symbol("x"), new Rational(x, 11)), (Symbol("b"), new Rational(b, 13))];
            Gauged a = Gauge(ours, point);
            Gauged c = Gauge(theirs, point);
            Assert.True(!double.IsFinite(c.Value) || Math.Abs(a.Value - c.Value) <= 1e-12 * Math.Max(a.Terms, c.Terms), $"{a.Value:R} instead of {c.Value:R}: {ours} instead of {theirs}");
        }
    }

    [Fact]
    public void All_stored_cases_are_there()
    {
        Assert.Equal(120, Cases.Count);
        Assert.Equal(600, Cases.Values.Sum(c => c.GetProperty("values").EnumerateObject().Count()));
        Assert.Equal(300, Cases.Values.Sum(c => c.TryGetProperty("exact", out JsonElement e) ? e.EnumerateObject().Count() : 0));
    }

    private static Expr Of(Expr f, string quantity)
    {
        var (w, x) = Symbols("w x");
        return quantity switch
        {
            "f" => f,
            "df" => Diff(f, w),
            "d2f" => Diff(f, w, w),
            "dfdx" => Diff(f, x),
            "d2fdwdx" => Diff(f, w, x),
            _ => throw new ArgumentException(quantity),
        };
    }

    internal static Gauged Gauge(Expr expression, (Expr Symbol, Rational Value)[] point)
    {
        Graph graph = NumberGraph.Of(expression, [.. point.Select(p => p.Symbol)]);
        return Readings.ScalarFormula.Of(AbsoluteTerms.Instance, graph, [.. point.Select(p => AbsoluteTerms.Instance.Constant(p.Value))]);
    }
}
