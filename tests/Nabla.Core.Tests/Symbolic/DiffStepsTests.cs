using static Nabla.Sym;

namespace Nabla.Core.Tests.Symbolic;

/// <summary>Derivations: the ops' rules by name, step by step.</summary>
public sealed class DiffStepsTests
{
    [Theory]
    [InlineData("3", "constant rule")]
    [InlineData("w", "identity rule")]
    [InlineData("3*w", "constant factor rule")]
    [InlineData("w/3", "constant factor rule")]
    [InlineData("-w", "constant factor rule")]
    [InlineData("w + x", "sum rule")]
    [InlineData("w - x", "difference rule")]
    [InlineData("w*sin(w)", "product rule")]
    [InlineData("w*w", "product rule")]
    [InlineData("1/w", "quotient rule")]
    [InlineData("sin(w)/w", "quotient rule")]
    [InlineData("w^3", "power rule")]
    [InlineData("2^w", "exponential rule")]
    [InlineData("w^w", "power rule for a varying exponent")]
    [InlineData("exp(w)", "exponential rule")]
    [InlineData("expm1(w)", "exponential rule")]
    [InlineData("log(w)", "logarithm rule")]
    [InlineData("log1p(w)", "logarithm rule")]
    [InlineData("sqrt(w)", "square root rule")]
    [InlineData("sin(w)", "sine rule")]
    [InlineData("cos(w)", "cosine rule")]
    [InlineData("tanh(w)", "tanh rule")]
    [InlineData("sigmoid(w)", "sigmoid rule")]
    [InlineData("softplus(w)", "softplus rule")]
    [InlineData("erf(w)", "error function rule")]
    [InlineData("relu(w)", "relu rule")]
    [InlineData("max(w, 0)", "max rule")]
    [InlineData("min(w, 0)", "min rule")]
    [InlineData("abs(w)", "absolute value rule")]
    [InlineData("clip(w, -1, 1)", "clip rule")]
    [InlineData("floor(w)", "floor rule")]
    [InlineData("where(w < 1, w, x)", "case rule")]
    public void Each_op_names_its_rule(string formula, string rule)
    {
        DiffStep step = DiffSteps(Parse(formula), Symbol("w"));
        Assert.Equal(rule, step.Rule);
        Assert.False(step.IsChain);
        Assert.True(step.Result == Diff(Parse(formula), Symbol("w")));
    }

    [Theory]
    [InlineData("w*sin(w)", "(u*v)' = v*u' + u*v'")]
    [InlineData("3*w", "(3*u)' = 3*u'")]
    [InlineData("x*w", "(c*u)' = c*u'")]
    [InlineData("1/w", "(1/u)' = -u'/u^2")]
    [InlineData("w^3", "(u^3)' = 3*u^2*u'")]
    [InlineData("w - sin(w)", "(u - v)' = u' - v'")]
    [InlineData("sigmoid(w)", "(sigmoid(u))' = u'*sigmoid(u)*(1 - sigmoid(u))")]
    [InlineData("log(w)", "(log(u))' = u'/u")]
    [InlineData("relu(w)", "(relu(u))' = u'*where(u > 0, 1, 0)")]
    [InlineData("max(w, 0)", "(max(u, 0))' = u'*where(u > 0, 1, where(u == 0, 1/2, 0))")]
    [InlineData("floor(w)", "(floor(u))' = 0")]
    public void The_law_is_written_out_of_the_rule_itself(string formula, string law) =>
        Assert.Equal(law, DiffSteps(Parse(formula), Symbol("w")).Law);

    [Fact]
    public void A_derivation_reads_from_the_outside_in()
    {
        DiffStep steps = DiffSteps(Parse("1/2*(w*x + b - y)^2"), Symbol("w"));
        Assert.Equal(
            """
            Derivative(1/2*(w*x + b - y)^2, w) = Derivative((w*x + b - y)^2, w)/2 = x*(w*x + b - y)   [constant factor rule]
              Derivative((w*x + b - y)^2, w) = 2*(w*x + b - y)*Derivative(w*x + b - y, w) = 2*x*(w*x + b - y)   [power rule, chain rule]
                Derivative(w*x + b - y, w) = Derivative(w*x + b, w) = x   [difference rule]
                  Derivative(w*x + b, w) = Derivative(w*x, w) = x   [sum rule]
                    Derivative(w*x, w) = x   [constant factor rule]
                      Derivative(w, w) = 1   [identity rule]
                    Derivative(b, w) = 0   [constant rule]
                  Derivative(y, w) = 0   [constant rule]
            """.ReplaceLineEndings("\n"),
            steps.ToString());
        Assert.Equal("x*(w*x + b - y)", steps.Result.ToString());
    }

    [Fact]
    public void A_part_that_is_used_twice_is_one_step()
    {
        DiffStep steps = DiffSteps(Parse("sin(w^2)*exp(w^2)"), Symbol("w"));
        Assert.Single(steps.Walk(), s => s.Step.Function == Parse("w^2"));
        Assert.Same(steps.Parts[0].Parts[0], steps.Parts[1].Parts[0]);
        Assert.True(steps.Parts[0].IsChain);
    }

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 12)];

    // The sum of local times part is another way to the same result than the backward pass over the whole.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_step_is_the_sum_of_its_parts_and_the_first_is_the_derivative(int seed)
    {
        var (expression, point) = RandomExpression.Make(seed);
        Expr w = Symbol("w");
        DiffStep steps = DiffSteps(expression, w);
        Assert.True(steps.Result == Diff(expression, w));
        foreach ((DiffStep step, int _) in steps.Walk().Where(s => s.Step.Parts.Length > 0))
        {
            Expr sum = step.Locals.Zip(step.Parts, (local, part) => local * part.Result).Aggregate((a, b) => a + b);
            Gauged direct = CalculusBySymbolsTests.Gauge(step.Result, point);
            Gauged added = CalculusBySymbolsTests.Gauge(sum, point);
            Assert.True(
                !double.IsFinite(added.Value) || Math.Abs(direct.Value - added.Value) <= 1e-12 * Math.Max(direct.Terms, added.Terms) + 1e-300,
                $"{step.Rule}: {direct.Value:R} and {added.Value:R} at {step.Function}");
            Assert.Contains("rule", step.Rule, StringComparison.Ordinal);
            Assert.Contains("' = ", step.Law, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("w*x", "", "it has 2")]
    [InlineData("w*x", "w x", "expected one symbol, received 2")]
    public void Steps_are_taken_by_one_symbol(string formula, string by, string message)
    {
        Expr[] symbols = by.Length == 0 ? [] : [.. Symbols(by)];
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => DiffSteps(Parse(formula), symbols)).Message, StringComparison.Ordinal);
    }
}
