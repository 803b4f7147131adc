namespace Nabla.Core.Tests.Transforms;

/// <summary>The checker passes what is right, catches what is wrong and says where; kinks are reported as such.</summary>
public sealed class CheckGradientsTests
{
    private static readonly GradientCheckOptions SecondOrder = new() { SecondOrder = true };

    public static TheoryData<string> Smooth { get; } =
    [
        "x^3 - 2*x", "1/(1 + x^2)", "exp(x)*sin(x)", "log(1 + x^2)", "tanh(x)^2", "sigmoid(3*x)", "softplus(-x)", "erf(x)/2", "sqrt(1 + x^4)", "log1p(x^2) + expm1(x/2)", "x^x", "cos(x)^3*x", "(1 + x)^(-5/2)", "2^x",
        "1000000*x", "x*1e-12", "1e12 + x",
    ];

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Smooth_formulas_pass_at_second_order_too(string formula) => Pass(CheckGradients.Of(FormulaParser.Parse(formula), [0.7], SecondOrder));

    [Fact]
    public void A_layer_with_softmax_and_loss_passes() => Pass(CheckGradients.Of(
        (Tensor x, Tensor w, Tensor b) => Nn.SparseCategoricalCrossentropyFromLogits(x.Builder.Literal(NDArray.From(new int[] { 0, 2 })), x.MatMul(w).Tanh() + b),
        Numbers(2, 3), Numbers(3, 4), Numbers(4), SecondOrder));

    [Fact]
    public void A_float32_function_is_checked_in_double() =>
        Pass(CheckGradients.Of((Tensor x) => Nn.Softmax(x).Log(), Numbers(3, 4).AsType(DType.Float32), SecondOrder));

    [Fact]
    public void Casts_between_floats_pass_since_they_do_not_round_here() =>
        Pass(CheckGradients.Of((Tensor x) => x.Cast(DType.Float32).Sin().Cast(DType.Float64) * x, Numbers(5)));

    [Fact]
    public void Large_inputs_are_sampled_at_both_ends_and_between()
    {
        GradientReport report = CheckGradients.Of((Tensor x) => x.Sin() * x, Numbers(12, 10));
        Pass(report);
        Assert.InRange(report.Inputs[0].Derivatives.Length, 40, 66);
        Assert.Equal(("[0,0]", "[11,9]"), (report.Inputs[0].Derivatives[0].Place, report.Inputs[0].Derivatives[^1].Place));
        Assert.Equal(3, report.Inputs[^1].Derivatives.Length);
    }

    [Fact]
    public void What_stop_gradient_hides_is_held_while_the_point_moves() =>
        Pass(CheckGradients.Of((Tensor x) => x * x.StopGradient().Exp(), Numbers(3)));

    [Fact]
    public void Whole_number_inputs_are_left_alone() =>
        Pass(CheckGradients.Of((Tensor x, Tensor i) => x.Take(i).Square(), Numbers(5), new int[] { 3, 3, 0 }));

    [Fact]
    public void An_input_without_elements_has_nothing_to_check() =>
        Assert.Null(CheckGradients.Of((Tensor x) => x.Exp(), NDArray.Zeros(DType.Float64, [0, 3])).Inputs[0].Worst);

    [Fact]
    public void A_wrong_rule_is_caught_at_every_coordinate()
    {
        GradientReport report = CheckGradients.Of((Tensor x) => x.Builder.Apply(new WrongSquare(), x), new double[] { 1, 2 });
        Assert.False(report.Passed);
        Assert.All(report.Inputs[0].Derivatives, d => Assert.Equal(GradientVerdict.Differs, d.Verdict));
        Assert.All(report.Inputs[0].Derivatives, d => Assert.Equal(d.Dual, d.Numeric, 1e-7));
        Assert.Contains("DISAGREE", Assert.Throws<InvalidOperationException>(report.ThrowIfFailed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_forgets_the_last_element_is_caught_there()
    {
        GradientReport report = CheckGradients.Of((Tensor x) => x.Builder.Apply(new ForgetfulSum(), x), Numbers(30, 10));
        Assert.Equal(["[29,9]"], report.Inputs[0].Derivatives.Where(d => d.Verdict == GradientVerdict.Differs).Select(d => d.Place));
        Assert.Equal(0, report.Inputs[0].Worst!.Analytic);
    }

    [Fact]
    public void A_wrong_second_derivative_is_caught_where_it_is_asked_for()
    {
        Func<Tensor, Tensor> f = x => x.Builder.Apply(new OnceSquare(), x);
        Pass(CheckGradients.Of(f, new double[] { 1, 2 }));
        GradientReport report = CheckGradients.Of(f, new double[] { 1, 2 }, SecondOrder);
        Assert.False(report.Passed);
        Assert.Contains("second order", report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abs(x)", 0)]
    [InlineData("relu(x)", 0)]
    [InlineData("max(x, 2*x)", 0)]
    [InlineData("clip(x, -1, 1)", 1)]
    [InlineData("abs(x - 0.000001)", 0)]
    [InlineData("floor(x)", 2)]
    [InlineData("round(x)", 0.5)]
    public void A_kink_is_reported_and_is_no_error(string formula, double x)
    {
        GradientReport report = CheckGradients.Of(FormulaParser.Parse(formula), [x], new GradientCheckOptions { Directions = 0 });
        Pass(report);
        // The slope of |x| and of clip's inner side agree with the chosen derivative by symmetry in some cases: those are no news.
        Assert.True(report.Kinks.Any() || report.Inputs[0].Derivatives[0].Verdict == GradientVerdict.Agrees, report.ToString());
    }

    [Fact]
    public void Rectifiers_at_zero_are_seen_to_have_a_kink()
    {
        GradientReport report = CheckGradients.Of((Tensor x) => Nn.Relu(x), new double[] { -1, 0, 1 });
        (string input, CheckedDerivative derivative) = report.Kinks.First();
        Assert.Equal(("x", "[1]"), (input, derivative.Place));
        Assert.Equal(0, derivative.Analytic);
        Assert.Contains("at a suspected kink", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_derivative_outside_the_slopes_of_both_sides_is_an_error_even_at_a_kink()
    {
        // abs(x) + x*x/... with the wrong rule at its kink: slope -1 and 1, claimed 3.
        GradientReport report = CheckGradients.Of((Tensor x) => x.Abs() + x.Builder.Apply(new WrongSquare(), x + 1), new double[] { 0 });
        Assert.False(report.Passed);
    }

    [Fact]
    public void Infinite_derivatives_agree_where_both_ways_are_infinite() =>
        Assert.Equal(GradientVerdict.Infinite, CheckGradients.Of((Tensor x) => x.Pow(new Rational(1, 2)), new double[] { 0 }, new GradientCheckOptions { Directions = 0 }).Inputs[0].Derivatives[0].Verdict);

    [Fact]
    public void The_report_reads_as_a_table()
    {
        string report = CheckGradients.Of((Tensor w) => w * w, 3).ToString();
        Assert.Contains("Gradients of 'function' agree.\n  w float64[]: 1 checked; worst []: reverse mode 6, differences 6", report.Replace(Environment.NewLine, "\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_without_a_floating_result_is_refused() =>
        Assert.Contains("at least one floating input and one floating output", Assert.Throws<ArgumentException>(() => CheckGradients.Of((Tensor x) => x.LessThan(0), Numbers(3))).Message, StringComparison.Ordinal);

    private static void Pass(GradientReport report) => Assert.True(report.Passed, report.ToString());

    private static NDArray Numbers(params int[] sizes)
    {
        Random random = new(sizes.Sum());
        return NDArray.Create<double>([.. Enumerable.Range(0, Dims.Of(sizes).Count).Select(_ => (random.NextDouble() * 3) - 1.5)], Dims.Of(sizes));
    }
}
