using System.Globalization;
using System.Text.Json;
using Nabla.Core.Tests.Readings;

namespace Nabla.Core.Tests.Goldens;

/// <summary>The 120 stored expressions: values and derivatives by reverse mode, in double against SymPy's 25 digits and exactly where they are fractions.</summary>
public sealed class CalculusTests
{
    private static readonly Dictionary<string, JsonElement> Cases = Load();

    public static TheoryData<string, string> Values { get; } = Rows("values");

    public static TheoryData<string, string> Exact { get; } = Rows("exact");

    // The tolerances of goldens/README.md.
    [Theory]
    [MemberData(nameof(Values))]
    public void The_double_value_is_the_stored_one(string name, string quantity)
    {
        JsonElement stored = Cases[name];
        double expected = double.Parse(stored.GetProperty("values").GetProperty(quantity).GetString()!, CultureInfo.InvariantCulture);
        double actual = ScalarFormula.Of(DoubleNumbers.Instance, GraphOf(stored, quantity), [.. Point(stored).Select(p => p.ToDouble())]);
        Assert.True(Math.Abs(actual - expected) <= 1e-11 + (1e-9 * Math.Abs(expected)), $"{actual:R} instead of {expected:R}");
    }

    [Theory]
    [MemberData(nameof(Exact))]
    public void The_exact_value_is_the_stored_fraction(string name, string quantity)
    {
        JsonElement stored = Cases[name];
        Rational expected = Rational.Parse(stored.GetProperty("exact").GetProperty(quantity).GetString()!);
        Assert.Equal(expected, ScalarFormula.Of(RationalNumbers.Instance, GraphOf(stored, quantity), Point(stored)));
    }

    // Duals of duals share no rule with reverse mode; SymPy's own derivative, read by the parser, shares no differentiation at all.
    [Theory]
    [MemberData(nameof(Names))]
    public void The_derivative_that_SymPy_wrote_has_the_value_of_ours(string name)
    {
        JsonElement stored = Cases[name];
        double[] point = [.. Point(stored).Select(p => p.ToDouble())];
        Graph theirs = FormulaParser.Parse(stored.GetProperty("sympy_derivative").GetString()!, Variables);
        double expected = ScalarFormula.Of(DoubleNumbers.Instance, theirs, point);
        double actual = ScalarFormula.Of(DoubleNumbers.Instance, GraphOf(stored, "df"), point);
        Assert.True(Math.Abs(actual - expected) <= 1e-11 + (1e-9 * Math.Abs(expected)), $"{actual:R} instead of {expected:R}");
    }

    [Fact]
    public void All_stored_cases_are_there()
    {
        Assert.Equal(120, Cases.Count);
        Assert.Equal(600, Values.Count);
        Assert.Equal(300, Exact.Count);
    }

    public static TheoryData<string> Names { get; } = [.. Cases.Keys];

    private static readonly string[] Variables = ["w", "x", "b"];

    private static Graph GraphOf(JsonElement stored, string quantity)
    {
        Graph graph = FormulaParser.Parse(stored.GetProperty("expression").GetString()!, Variables);
        return quantity switch
        {
            "f" => graph,
            "df" => ScalarFormula.Derivative(graph, "w"),
            "d2f" => ScalarFormula.Derivative(ScalarFormula.Derivative(graph, "w"), "w"),
            "dfdx" => ScalarFormula.Derivative(graph, "x"),
            "d2fdwdx" => ScalarFormula.Derivative(ScalarFormula.Derivative(graph, "w"), "x"),
            _ => throw new ArgumentException(quantity),
        };
    }

    private static Rational[] Point(JsonElement stored) => [.. Variables.Select(v => Rational.Parse(stored.GetProperty("at").GetProperty(v).GetString()!))];

    private static TheoryData<string, string> Rows(string kind)
    {
        TheoryData<string, string> rows = [];
        foreach ((string name, JsonElement stored) in Cases)
        {
            if (stored.TryGetProperty(kind, out JsonElement quantities))
            {
                foreach (JsonProperty quantity in quantities.EnumerateObject())
                {
                    rows.Add(name, quantity.Name);
                }
            }
        }

        return rows;
    }

    private static Dictionary<string, JsonElement> Load()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(RepositoryFiles.Golden("calculus.json")));
        return file.RootElement.GetProperty("cases").EnumerateArray().ToDictionary(c => c.GetProperty("case").GetString()!, c => c.Clone());
    }
}
