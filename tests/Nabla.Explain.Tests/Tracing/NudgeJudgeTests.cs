namespace Nabla.Explain.Tests.Tracing;

/// <summary>Nudges judge gradients: right ones beside kinks and near 0, none where rounding hides the change, and wrong ones by little.</summary>
public sealed class NudgeJudgeTests
{
    [Theory]
    [InlineData("J = max(w, 0)^2", 0)]
    [InlineData("J = abs(w)*w", 0)]
    [InlineData("J = w^3", 0)]
    [InlineData("J = relu(w)", 1e-6)]
    [InlineData("J = relu(w)", -1e-9)]
    [InlineData("J = relu(w*2 - 1.99999)", 1)]
    [InlineData("J = sqrt(w)", 1e-4)]
    [InlineData("J = sqrt(w)", 1e-12)]
    [InlineData("J = log(w)", 5e-4)]
    [InlineData("J = log(w)", 1e-9)]
    [InlineData("J = 1/w", 1e-3)]
    [InlineData("J = exp(w)", 300)]
    [InlineData("J = 1e8 + w", 1)]
    [InlineData("J = w*0 + 3", 2)]
    [InlineData("J = sin(1000*w)", 0.3)]
    [InlineData("J = 1e-30*w^2", 3)]
    [InlineData("J = (w - 1)^2", 1)]
    [InlineData("J = w^2", 1e150)]
    public void Right_gradients_agree(string formula, double w)
    {
        NudgeCheck check = Assert.Single(Trace.Of(formula, ("w", w))["w"].Checks);
        Assert.Equal(NudgeVerdict.Agrees, check.Verdict);
    }

    [Fact]
    public void What_is_known_to_a_few_digits_is_close() => Assert.Equal(NudgeVerdict.Close, Trace.Of("J = 1e12 + w", ("w", 1))["w"].Checks[0].Verdict);

    [Theory]
    [InlineData("J = relu(w)", 0)]
    [InlineData("J = abs(w - 1)", 1)]
    [InlineData("J = max(w, 2*w)", 0)]
    public void At_a_kink_nothing_is_judged(string formula, double w) => Assert.Equal(NudgeVerdict.Kink, Trace.Of(formula, ("w", w))["w"].Checks[0].Verdict);

    [Theory]
    [InlineData("J = 1e18 + w", 1)]
    [InlineData("J = sigmoid(w)", 40)]
    [InlineData("J = erf(w)", 7)]
    [InlineData("J = w^2", 1e-200)]
    public void What_rounding_hides_is_not_judged(string formula, double w)
    {
        Trace trace = Trace.Of(formula, ("w", w));
        Assert.Equal(NudgeVerdict.Unclear, trace["w"].Checks[0].Verdict);
        Assert.Contains("hidden by the rounding of J", trace.ToText(), StringComparison.Ordinal);
        Assert.True(trace.Holds);
    }

    [Theory]
    [InlineData(1e-3, NudgeVerdict.Disagrees)]
    [InlineData(1e-5, NudgeVerdict.Close)]
    [InlineData(1e-9, NudgeVerdict.Agrees)]
    public void A_wrong_gradient_is_found_by_its_size(double wrongBy, NudgeVerdict verdict)
    {
        foreach ((Func<double, double> f, double slope, double at) in ((Func<double, double>, double, double)[])
            [(w => w * w, 6, 3), (Math.Exp, Math.E, 1), (w => 1 / w, -1e6, 1e-3), (w => Math.Sqrt(w), 50, 1e-4), (w => Math.Max(w, 0) * w, 2e-6, 1e-6)])
        {
            double before = f(at);
            NudgeJudge judge = new(change => f(at + change), at, before, Math.Abs(before));
            Assert.Equal(verdict, judge.Judge(0, slope * (1 + wrongBy)).Verdict);
        }
    }

    [Fact]
    public void A_sign_that_is_wrong_is_found_even_where_the_slope_is_0_somewhere_near()
    {
        NudgeJudge judge = new(change => Math.Max(1e-6 + change, 0), 1e-6, 1e-6, 1e-6);
        Assert.Equal(NudgeVerdict.Disagrees, judge.Judge(0, -1).Verdict);
        Assert.Equal(NudgeVerdict.Disagrees, judge.Judge(0, 0.5).Verdict);
        Assert.Equal(NudgeVerdict.Disagrees, judge.Judge(0, 0).Verdict);
    }
}
