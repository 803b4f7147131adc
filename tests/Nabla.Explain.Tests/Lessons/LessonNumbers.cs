// Long because the lessons state many numbers, and each of their items is a test of its own.
using System.Globalization;

namespace Nabla.Explain.Tests.LessonGraphs;

/// <summary>The numbers of the lessons, to the digits that the lessons state.</summary>
public sealed class LessonNumbers
{
    // Traces do not change: one of each lesson serves all tests.
    private static readonly Dictionary<string, Lazy<Trace>> Known = Lessons.All.ToDictionary(l => l.Name, l => new Lazy<Trace>(() => l.Trace()));

    private static Trace Of(string lesson) => Known[lesson].Value;

    private static Trace Of(string lesson, params (string Name, double Value)[] changes) => Lessons.Named(lesson).Trace(changes);

    [Theory]
    [Trait("Lesson", "L6")]
    [InlineData("small", "c = w*x;  a = c + b", "d = a - y;  J = d^2/2", "w := w - alpha*dJ/dw,  b := b - alpha*dJ/db")]
    [InlineData("logistic", "z = w1*x1 + w2*x2 + b;  f = 1/(1 + exp(-z))", "J = -y*log(f) - (1 - y)*log(1 - f)", "w1 := w1 - alpha*dJ/dw1")]
    public void The_three_steps_come_first(string lesson, string define, string cost, string minimise)
    {
        string[] lines = Of(lesson).ToText().Split('\n');
        int start = Array.IndexOf(lines, "THREE STEPS");
        Assert.True(start < Array.IndexOf(lines, "FORWARD"));
        Assert.Contains($"):  {define}", lines[start + 1], StringComparison.Ordinal);
        Assert.Contains(cost, lines[start + 2], StringComparison.Ordinal);
        Assert.Contains(minimise, lines[start + 3], StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Lesson", "L10")]
    [Trait("Lesson", "L11")]
    [InlineData(0)]
    [InlineData(1)]
    public void At_z_0_the_logistic_loss_is_ln_2_for_both_labels(double y)
    {
        Trace trace = Of("logistic", ("y", y));
        Assert.Equal(0, trace["z"].Values[0]);
        Assert.Equal(0.5, trace["f"].Values[0]);
        Assert.Equal(0.693147180560, trace.Result.Values[0], 5e-13); // the lesson states 12 decimals
    }

    [Fact]
    [Trait("Lesson", "L13")]
    [Trait("Lesson", "L104")]
    [Trait("Lesson", "L113")]
    public void Every_parameter_of_every_layer_moves_at_once_by_gradients_at_the_old_values()
    {
        Trace trace = Of("chain");
        Assert.Equal(["w1", "b1", "w2", "b2", "w3", "b3"], trace.Update!.Parameters.Select(p => p.Path).OrderBy(p => p[1]).ThenByDescending(p => p[0]));
        Assert.All(trace.Update.Parameters, p => Assert.Equal(
            trace.Nodes[p.Node].Values[0] - (0.01 * trace.Nodes[p.Node].Gradient![0]), p.After[0], 1e-15));
    }

    [Theory]
    [Trait("Lesson", "L25")]
    [Trait("Lesson", "L26")]
    [InlineData("w = w2*w1", 6)]
    [InlineData("b = w2*b1 + b2", 1)]
    [InlineData("w*x + b", 7)]
    [InlineData("a2 = w2*(w1*x + b1) + b2", 7)]
    public void Two_linear_layers_collapse_into_6_x_plus_1(string header, double expected)
    {
        Lesson lesson = Lessons.Named("collapse");
        LessonTable table = lesson.Tables[0];
        int at1 = table.Rows.Select(r => r[0]).ToList().IndexOf(1);
        Assert.Equal(expected, table.Compute(at1, table.Columns.Select(c => c.Header).ToList().IndexOf(header), lesson.Values));
        Assert.Equal(7, Of("collapse")["a2"].Values[0]);
    }

    [Fact]
    [Trait("Lesson", "L28")]
    public void Logistic_regression_is_two_outputs_that_sum_to_1()
    {
        Trace trace = Trace.Of("a1 = sigmoid(z); a2 = 1 - a1; J = a1 + a2", ("z", 0.7));
        Assert.Equal(1, trace.Result.Values[0], 1e-15);
        Assert.Equal(0, trace["z"].Gradient![0], 1e-15);
    }

    [Theory]
    [Trait("Lesson", "L30")]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(-3)]
    public void Softmax_of_the_logarithms_gives_the_four_probabilities_whatever_is_added(double added)
    {
        Trace trace = Of("softmax4", ("z1", -1.203973 + added), ("z2", -1.609438 + added), ("z3", -1.897120 + added), ("z4", -1.049822 + added));
        double[] a = [.. Enumerable.Range(1, 4).Select(j => trace[$"a{j}"].Values[0])];
        Assert.All(a.Zip([0.30, 0.20, 0.15, 0.35]), p => Assert.Equal(p.Second, p.First, 2e-7)); // the logits are stated to 5e-7
        Assert.Equal(1, a.Sum(), 1e-15);
    }

    [Theory]
    [Trait("Lesson", "L31")]
    [Trait("Lesson", "L32")]
    [InlineData(1, 1.203972804, new[] { -0.70, 0.20, 0.15, 0.35 })]
    [InlineData(2, 1.609437912, new[] { 0.30, -0.80, 0.15, 0.35 })]
    [InlineData(3, 1.897119985, new[] { 0.30, 0.20, -0.85, 0.35 })]
    [InlineData(4, 1.049822124, new[] { 0.30, 0.20, 0.15, -0.65 })]
    public void The_gradient_of_softmax_is_a_minus_the_label(int label, double loss, double[] slopes)
    {
        Trace trace = Of("softmax4", [.. Enumerable.Range(1, 4).Select(j => ($"y{j}", j == label ? 1.0 : 0))]);
        Assert.Equal(loss, trace.Result.Values[0], 5e-10);
        double[] gradient = [.. Enumerable.Range(1, 4).Select(j => trace[$"z{j}"].Gradient![0])];
        Assert.All(gradient.Zip(slopes), p => Assert.Equal(p.Second, p.First, 1e-14));
        Assert.Equal(0, gradient.Sum(), 1e-14);
    }

    [Theory]
    [Trait("Lesson", "L33")]
    [InlineData(0, 0.0002, 0)]
    [InlineData(1, 0.0002, 0)]
    [InlineData(2, 0.000199999999999978, 5e-19)]
    [InlineData(3, 0.00019999999495, 5e-15)]
    [InlineData(4, 0.000200033188, 5e-13)]
    public void Two_over_ten_thousand_in_three_arithmetics(int column, double expected, double tolerance)
    {
        Lesson lesson = Lessons.Named("roundoff");
        Assert.Equal(expected, lesson.Tables[0].Compute(0, column, lesson.Values), tolerance);
    }

    [Theory]
    [Trait("Lesson", "L34")]
    [InlineData(0, 1, 0.693147, double.NaN)]
    [InlineData(40, 0, 40, double.PositiveInfinity)]
    [InlineData(100, 0, 100, double.PositiveInfinity)]
    [InlineData(-100, 1, 100, 100)]
    [InlineData(1000, 0, 1000, double.PositiveInfinity)]
    [InlineData(-800, 1, 800, double.PositiveInfinity)]
    [InlineData(36, 0, 36, 36.0437)]
    [InlineData(37, 0, 37, double.PositiveInfinity)]
    public void The_loss_from_logits_is_finite_where_the_slides_formula_is_not(double z, double y, double stable, double naive)
    {
        Lesson lesson = Lessons.Named("logistic");
        LessonTable table = lesson.Tables[0];
        int row = table.Rows.Index().First(r => r.Item[0] == z && r.Item[1] == y).Index;
        Assert.Equal(stable, table.Compute(row, 1, lesson.Values), 5e-7);
        if (!double.IsNaN(naive))
        {
            Assert.Equal(naive, table.Compute(row, 0, lesson.Values), 5e-5);
        }
    }

    [Fact]
    [Trait("Lesson", "L34")]
    public void A_confident_right_answer_is_NaN_on_the_slide()
    {
        Lesson lesson = Lessons.Named("logistic");
        LessonTable table = lesson.Tables[0];
        int row = table.Rows.Index().First(r => r.Item[0] == 40 && r.Item[1] == 1).Index;
        Assert.Equal(double.NaN, table.Compute(row, 0, lesson.Values));
        Assert.Contains("NaN", lesson.Trace().ToText(new TextOptions { Lesson = lesson }), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Lesson", "L35")]
    [InlineData(1, 0.0900305732)]
    [InlineData(2, 0.2447284711)]
    [InlineData(3, 0.6652409558)]
    public void Softmax_of_a_thousand_and_more_is_finite(int column, double expected)
    {
        Lesson lesson = Lessons.Named("softmax4");
        LessonTable table = lesson.Tables[0];
        Assert.Equal(expected, table.Compute(1, column, lesson.Values), 5e-11);
        Assert.True(double.IsFinite(table.Compute(1, 4, lesson.Values)));
        Assert.Equal(double.NaN, table.Compute(1, 0, lesson.Values));
    }

    [Fact]
    [Trait("Lesson", "L36")]
    [Trait("Lesson", "L37")]
    public void Multilabel_is_the_mean_of_three_binary_losses_and_outputs_need_not_sum_to_1()
    {
        Lesson lesson = Lessons.Named("multilabel");
        Trace trace = lesson.Trace();
        Assert.Equal([[1, 0, 1], [0, 0, 1], [1, 1, 0]], lesson.Tables[0].Rows.Select(r => r.ToArray()));
        Assert.Equal(new[] { "car", "bus", "ped" }.Average(n => trace[$"L_{n}"].Values[0]), trace.Result.Values[0], 1e-15);
        Assert.Equal(trace.Result.Values[0], lesson.Tables[0].Compute(0, 0, lesson.Values), 1e-15);
        Assert.NotEqual(1, lesson.Tables[0].Compute(0, 1, lesson.Values), 0.1);
    }

    [Theory]
    [Trait("Lesson", "L74")]
    [InlineData("t1", 2)]
    [InlineData("z1", 2)]
    [InlineData("a1", 2)]
    [InlineData("t2", 6)]
    [InlineData("z2", 7)]
    [InlineData("a2", 7)]
    [InlineData("J", 2)]
    public void The_larger_network_goes_forward(string name, double expected) => Assert.Equal(expected, Of("larger")[name].Values[0]);

    [Theory]
    [Trait("Lesson", "L73")]
    [Trait("Lesson", "L75")]
    [Trait("Lesson", "L76")]
    [Trait("Lesson", "L80")]
    [InlineData("a2", 2)]
    [InlineData("z2", 2)]
    [InlineData("b2", 2)]
    [InlineData("t2", 2)]
    [InlineData("w2", 4)]
    [InlineData("a1", 6)]
    [InlineData("z1", 6)]
    [InlineData("b1", 6)]
    [InlineData("t1", 6)]
    [InlineData("w1", 6)]
    [InlineData("x", 12)]
    [InlineData("y", -2)]
    public void The_larger_network_goes_backward(string name, double expected)
    {
        TraceNode node = Of("larger")[name];
        Assert.Equal(expected, node.Gradient![0]);
        Assert.Equal(expected, node.Nudges[0].Central, 1e-9); // J is a square: the central difference is exact but for rounding of J, 1e-15/2e-3
    }

    [Theory]
    [Trait("Lesson", "L77")]
    [Trait("Lesson", "L78")]
    [InlineData("w1", 2.0060045)]
    [InlineData("b1", 2.0060045)]
    [InlineData("w2", 2.004002)]
    [InlineData("b2", 2.0020005)]
    [InlineData("x", 2.012018)]
    [InlineData("y", 1.9980005)]
    [InlineData("t1", 2.0060045)]
    [InlineData("z1", 2.0060045)]
    [InlineData("a1", 2.0060045)]
    [InlineData("t2", 2.0020005)]
    [InlineData("z2", 2.0020005)]
    [InlineData("a2", 2.0020005)]
    public void The_larger_network_nudged(string name, double expected) => Assert.Equal(expected, Of("larger")[name].Nudges[0].Result, 1e-9);

    [Fact]
    [Trait("Lesson", "L77")]
    public void With_w1_at_2_001_the_activations_are_2_001_and_7_003()
    {
        Trace trace = Of("larger", ("w1", 2.001));
        Assert.Equal(2.001, trace["a1"].Values[0], 1e-15);
        Assert.Equal(7.003, trace["a2"].Values[0], 1e-14);
        Assert.Equal(2.0060045, trace.Result.Values[0], 1e-9);
    }

    [Fact]
    [Trait("Lesson", "L79")]
    public void One_step_of_the_larger_network()
    {
        Trace trace = Of("larger");
        Dictionary<string, double> after = trace.Update!.Parameters.ToDictionary(p => p.Path, p => p.After[0]);
        Assert.Equal(1.94, after["w1"], 1e-15);
        Assert.Equal(-0.06, after["b1"], 1e-15);
        Assert.Equal(2.96, after["w2"], 1e-15);
        Assert.Equal(0.98, after["b2"], 1e-15);
        Assert.Equal(1.19320352, trace.Update.ResultAfter, 1e-14);
        Trace moved = Of("larger", [.. after.Select(p => (p.Key, p.Value))]);
        Assert.Equal(1.88, moved["a1"].Values[0], 1e-14);
        Assert.Equal(6.5448, moved["a2"].Values[0], 1e-14);
    }

    [Fact]
    [Trait("Lesson", "L79")]
    public void One_step_of_Adam_is_a_thousandth_each()
    {
        TraceOptions options = new() { Optimizer = new Adam(0.001) };
        Trace trace = Lessons.Named("larger").Trace(CourseNotation.AsWritten, options);
        Assert.All(trace.Update!.Parameters, p => Assert.Equal(-0.001, p.After[0] - trace.Nodes[p.Node].Values[0], 2e-9)); // Keras' epsilon beside sqrt(v): up to 2e-9
    }

    [Theory]
    [Trait("Lesson", "L83")]
    [Trait("Lesson", "L92")]
    [InlineData("z1", 0.4)]
    [InlineData("z2", -0.0394750640)]
    [InlineData("z3", 0.1411192638)]
    [InlineData("a1", 0.5986876601)]
    [InlineData("a2", 0.4901325153)]
    [InlineData("a3", 0.5352213836)]
    [InlineData("C", 0.2160191623)]
    public void The_chain_goes_forward(string name, double expected) => Assert.Equal(expected, Of("chain")[name].Values[0], 5e-11);

    [Theory]
    [Trait("Lesson", "L81")]
    [Trait("Lesson", "L92")]
    [InlineData("w1", 0.00249908994)]
    [InlineData("w2", -0.03113647022)]
    [InlineData("w3", -0.11333635576)]
    [InlineData("b1", 0.00499817989)]
    [InlineData("b2", -0.05200787037)]
    [InlineData("b3", -0.23123614985)]
    [InlineData("x", 0.00299890793)]
    public void The_chain_goes_backward(string name, double expected) => Assert.Equal(expected, Of("chain")[name].Gradient![0], 5e-12);

    [Fact]
    [Trait("Lesson", "L85")]
    [Trait("Lesson", "L86")]
    [Trait("Lesson", "L87")]
    [Trait("Lesson", "L101")]
    [Trait("Lesson", "L102")]
    public void The_chain_rule_of_the_last_weight_has_three_factors()
    {
        Trace trace = Of("chain");
        TraceEdge edge = trace.PathsFrom(trace["w3"]).Single();
        Assert.Equal("a2", edge.LocalFormula);
        Assert.Equal("1", trace.PathsFrom(trace["b3"]).Single().LocalFormula);
        Assert.Equal("w3", trace.PathsFrom(trace["a2"]).Single().LocalFormula);
        Assert.Equal("x", trace.PathsFrom(trace["w1"]).Single().LocalFormula);
        Assert.Contains(" dC/dw3 = 2*(a3 - y) * sigmoid(z3)*(1 - sigmoid(z3)) * a2 = ", trace.ToText(new TextOptions { Expand = true }), StringComparison.Ordinal);
        double a3 = trace["a3"].Values[0];
        Assert.Equal(2 * (a3 - 1) * a3 * (1 - a3) * trace["a2"].Values[0], trace["w3"].Gradient![0], 1e-16);
    }

    [Theory]
    [Trait("Lesson", "L83")]
    [InlineData("small", "w")]
    [InlineData("larger", "w1")]
    [InlineData("mazur", "w5")]
    public void Without_the_half_every_gradient_doubles_and_the_text_says_so(string name, string parameter)
    {
        Lesson lesson = Lessons.Named(name);
        Trace ng = lesson.Trace(CourseNotation.Ng);
        Trace plain = lesson.Trace(CourseNotation.ThreeBlueOneBrown);
        Assert.Equal(2 * ng[parameter].Gradient![0], plain[parameter].Gradient![0], 1e-15);
        Assert.Contains("without 1/2, as 3Blue1Brown writes it: every gradient is twice", plain.ToText(new TextOptions { Lesson = lesson, Notation = CourseNotation.ThreeBlueOneBrown }), StringComparison.Ordinal);
        Assert.Contains("with 1/2, as Ng writes it", ng.ToText(new TextOptions { Lesson = lesson, Notation = CourseNotation.Ng }), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Lesson", "L93")]
    [InlineData("h1", 0.5932699921)]
    [InlineData("h2", 0.5968843783)]
    [InlineData("o1", 0.7513650696)]
    [InlineData("o2", 0.7729284653)]
    [InlineData("E_total", 0.2983711088)]
    public void Mazurs_network_goes_forward(string name, double expected) => Assert.Equal(expected, Of("mazur")[name].Values[0], 5e-11);

    [Theory]
    [Trait("Lesson", "L93")]
    [InlineData("z3", 0.1384985616)]
    [InlineData("z4", -0.0380982365)]
    [InlineData("h1", 0.0363503064)]
    [InlineData("h2", 0.0413703226)]
    [InlineData("z1", 0.0087713547)]
    [InlineData("z2", 0.0099542547)]
    [InlineData("w5", 0.0821670406)]
    [InlineData("w6", 0.0826676278)]
    [InlineData("w7", -0.0226025405)]
    [InlineData("w8", -0.0227402422)]
    [InlineData("w1", 0.0004385677)]
    [InlineData("w2", 0.0008771355)]
    [InlineData("w3", 0.0004977127)]
    [InlineData("w4", 0.0009954255)]
    public void Mazurs_network_goes_backward(string name, double expected) => Assert.Equal(expected, Of("mazur")[name].Gradient![0], 5.1e-11);

    [Fact]
    [Trait("Lesson", "L90")]
    [Trait("Lesson", "L93")]
    public void A_hidden_neurons_derivative_is_the_sum_over_two_paths()
    {
        Trace trace = Of("mazur");
        Dictionary<string, double> paths = trace.PathsFrom(trace["h1"]).ToDictionary(e => trace.Nodes[e.To].Name, e => e.Contribution[0]);
        Assert.Equal(0.0553994247, paths["z3"], 5e-11);
        Assert.Equal(-0.0190491183, paths["z4"], 5e-11);
        string text = trace.ToText();
        Assert.Contains("w5 * dE_total/dz3", text, StringComparison.Ordinal);
        Assert.Contains("w7 * dE_total/dz4", text, StringComparison.Ordinal);
        Assert.Contains("= the sum of 2 paths", text, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Lesson", "L93")]
    [InlineData("w1", 0.1497807161)]
    [InlineData("w2", 0.1995614323)]
    [InlineData("w3", 0.2497511436)]
    [InlineData("w4", 0.2995022873)]
    [InlineData("w5", 0.3589164797)]
    [InlineData("w6", 0.4086661861)]
    [InlineData("w7", 0.5113012702)]
    [InlineData("w8", 0.5613701211)]
    public void Mazurs_network_after_one_step(string name, double expected)
    {
        TraceUpdate update = Of("mazur").Update!;
        Assert.Equal(expected, update.Parameters.Single(p => p.Path == name).After[0], 5e-11);
        Assert.Equal(0.2910277737, update.ResultAfter, 5e-11);
    }

    [Fact]
    [Trait("Lesson", "L93")]
    public void Mazurs_network_with_biases_trained_per_neuron()
    {
        Lesson lesson = Lessons.Named("mazur");
        string own = lesson.Formula().Replace("w4*i2 + b1", "w4*i2 + b3", StringComparison.Ordinal).Replace("w8*h2 + b2", "w8*h2 + b4", StringComparison.Ordinal);
        TraceOptions options = new() { Optimizer = new SGD(0.5), Parameters = [.. lesson.Parameters, "b1", "b2", "b3", "b4"] };
        Trace trace = Trace.Of(own, options, [.. lesson.Values, ("b3", 0.35), ("b4", 0.60)]);
        Assert.Equal(0.2804714468, trace.Update!.ResultAfter, 5e-11);
    }

    [Fact]
    [Trait("Lesson", "L70")]
    [Trait("Lesson", "L72")]
    public void Work_of_the_larger_network_is_11_visits_against_28()
    {
        TraceWork work = Of("larger").Work;
        Assert.Equal((7, 4, 11, 28), (work.Nodes, work.Parameters, work.Backward, work.Nudging));
        Assert.Contains("at N = 10,000 and P = 100,000: 110,000 against 1,000,000,000, 9,091 times as much", Of("larger").ToText(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L69")]
    public void The_derivative_of_a_is_computed_once_and_used_for_both_parameters()
    {
        Trace trace = Of("small");
        Assert.Equal(trace["a"].Id, trace.PathsFrom(trace["b"]).Single().To);
        Assert.Equal(trace["a"].Id, trace.PathsFrom(trace["c"]).Single().To);
        Assert.Equal(trace["c"].Id, trace.PathsFrom(trace["w"]).Single().To);
        Assert.True(trace.Work.RuleApplications <= trace.Work.Operations);
    }

    [Fact]
    [Trait("Lesson", "L94")]
    [Trait("Lesson", "L95")]
    [Trait("Lesson", "L96")]
    public void The_deltas_of_the_two_layer_network_run_backwards()
    {
        Trace trace = Of("two-layer");
        double y = trace["yhat"].Values[0], a1 = trace["a1"].Values[0];
        double delta2 = (y - 1) * y * (1 - y);
        Assert.Equal(delta2, trace["z2"].Gradient![0], 1e-16);
        Assert.Equal(delta2 * a1, trace["w2"].Gradient![0], 1e-16);
        double delta1 = delta2 * trace["w2"].Values[0] * a1 * (1 - a1);
        Assert.Equal(delta1, trace["z1"].Gradient![0], 1e-16);
        Assert.Equal(delta1 * 2, trace["w1"].Gradient![0], 1e-16); // x = 2
        string text = trace.ToText(new TextOptions { Notation = CourseNotation.Delta });
        Assert.Contains("= a1 * delta_2", text, StringComparison.Ordinal);
        Assert.Contains("= x * delta_1", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L97")]
    public void Sigmoids_slope_vanishes_by_rounding_unless_written_with_minus_z()
    {
        Assert.Equal(0, Trace.Of("J = sigmoid(z)*(1 - sigmoid(z))", ("z", 40)).Result.Values[0]);
        Assert.Equal(4.248e-18, Trace.Of("J = sigmoid(z)*sigmoid(-z)", ("z", 40)).Result.Values[0], 5e-22);
    }

    [Theory]
    [Trait("Lesson", "L47")]
    [Trait("Lesson", "L48")]
    [Trait("Lesson", "L49")]
    [Trait("Lesson", "L50")]
    [Trait("Lesson", "L54")]
    [Trait("Lesson", "L55")]
    [Trait("Lesson", "L61")]
    [InlineData("w^2", 3, 0.001, "9.006001", 6, 6.001)]
    [InlineData("w^2", 3, 0.002, "9.012004", 6, 6.002)]
    [InlineData("w^2", 2, 0.001, "4.004001", 4, 4.001)]
    [InlineData("w^2", -3, 0.001, "8.994001", -6, -5.999)]
    [InlineData("w^3", 2, 0.001, "8.012006001", 12, 12.006001)]
    [InlineData("w**3", 2, 0.001, "8.012006001", 12, 12.006001)]
    [InlineData("w", 2, 0.001, "2.001", 1, 1)]
    [InlineData("1/w", 2, 0.001, "0.4997501249", -0.25, -0.249875062)]
    public void A_nudge_shows_the_derivative(string formula, double w, double epsilon, string nudged, double derivative, double ratio)
    {
        Trace trace = Trace.Of($"J = {formula}", new TraceOptions { Epsilons = [epsilon] }, ("w", w));
        Nudge nudge = trace["w"].Nudges[0];
        Assert.Equal(derivative, trace["w"].Gradient![0]);
        Assert.Equal(ratio, nudge.Ratio, 1e-9);
        Assert.Contains($"-> {nudged} ", trace.ToText(), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Lesson", "L51")]
    [InlineData(1, 7, 0)]
    [InlineData(0.1, 6.1, 1e-13)]
    [InlineData(0.01, 6.01, 1e-12)]
    [InlineData(1e-4, 6.0001, 1e-10)]
    [InlineData(1e-8, 5.99999996, 5e-9)]
    [InlineData(1e-12, 6.00053, 5e-6)]
    [InlineData(1e-14, 6.217, 5e-4)]
    [InlineData(1e-16, 0, 0)]
    public void The_ratio_nears_6_until_rounding_spoils_it(double epsilon, double ratio, double tolerance) =>
        Assert.Equal(ratio, Trace.Of("J = w^2", new TraceOptions { Epsilons = [epsilon] }, ("w", 3))["w"].Nudges[0].Ratio, tolerance);

    [Theory]
    [Trait("Lesson", "L51")]
    [InlineData(1)]
    [InlineData(0.1)]
    [InlineData(0.01)]
    [InlineData(1e-3)]
    [InlineData(1e-4)]
    [InlineData(1e-5)]
    [InlineData(1e-6)]
    public void The_central_difference_is_6_all_the_way(double epsilon) =>
        Assert.Equal(6, Trace.Of("J = w^2", new TraceOptions { Epsilons = [epsilon] }, ("w", 3))["w"].Nudges[0].Central, 5e-7); // six decimals, as the lesson prints them

    [Fact]
    [Trait("Lesson", "L51")]
    public void Several_nudges_are_a_table_and_a_curve()
    {
        string text = Trace.Of("J = w^2", new TraceOptions { Epsilons = [1, 0.1, 0.01, 1e-4, 1e-8, 1e-12, 1e-16] }, ("w", 3)).ToText();
        Assert.Contains("NUDGES OF w (derivative 6)", text, StringComparison.Ordinal);
        Assert.Contains("9.61", text, StringComparison.Ordinal);
        string[] plot = [.. text.Split('\n').Where(l => l.Contains('|', StringComparison.Ordinal))];
        Assert.Equal(7, string.Concat(plot).Count(c => c is 'r' or '*')); // each nudge has its point

        // A U: the error falls from the left, then rises to the right.
        int[] heights = [.. Enumerable.Range(0, 7).Select(i => Array.FindIndex(plot, l => l.Length > 9 + (3 * i) + 2 && l.Split('|')[1].PadRight(30)[(3 * i) + 2] is 'r' or '*'))];
        int deepest = Array.IndexOf(heights, heights.Max());
        Assert.InRange(deepest, 1, 5);
        Assert.True(heights[0] < heights[deepest] && heights[6] < heights[deepest], string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', heights)}"));
    }

    [Theory]
    [Trait("Lesson", "L52")]
    [Trait("Lesson", "L53")]
    [InlineData(3, 6)]
    [InlineData(2, 4)]
    [InlineData(-3, -6)]
    public void The_slope_of_the_tangent_is_the_derivative(double w, double slope)
    {
        NudgeCheck check = Trace.Of("J = w^2", ("w", w))["w"].Checks[0];
        Assert.Equal(slope, check.Slope, 1e-9);
        Assert.Equal(NudgeVerdict.Agrees, check.Verdict);
    }

    [Theory]
    [Trait("Lesson", "L108")]
    [InlineData("(a - 1)^2", -0.007936)]
    [InlineData("-log(a)", -0.996)]
    public void A_saturated_wrong_sigmoid_hardly_moves_by_squared_error_and_well_by_cross_entropy(string cost, double expected) =>
        Assert.Equal(expected, Trace.Of($"a = sigmoid(z); J = {cost}", ("z", Math.Log(0.004 / 0.996)))["z"].Gradient![0], 1e-6);

    [Fact]
    [Trait("Lesson", "L109")]
    public void Matrix_form_shows_shapes_and_the_same_numbers()
    {
        Lesson lesson = Lessons.Named("mazur");
        Trace trace = lesson.Trace();
        string text = trace.ToText(new TextOptions { Lesson = lesson, Matrix = true });
        Assert.Contains("delta^1 = ((W^2)T delta^2) o g'(z^1)   ((2x2)T (2x1)) o (2x1) = [0.008771354689; 0.009954254705]", text, StringComparison.Ordinal);
        Assert.Contains("delta^2 (a^1)T   (2x1)(1x2) = [0.08216704056, 0.08266762785; -0.02260254048, -0.02774024222]".Replace("0.02774", "0.02274", StringComparison.Ordinal), text, StringComparison.Ordinal);

        // By hand from the matrices: what the trace got by scalars.
        double[][] w2 = [[0.40, 0.45], [0.50, 0.55]];
        double[] delta2 = [trace["z3"].Gradient![0], trace["z4"].Gradient![0]];
        for (int k = 0; k < 2; k++)
        {
            double h = trace[$"h{k + 1}"].Values[0];
            Assert.Equal(((w2[0][k] * delta2[0]) + (w2[1][k] * delta2[1])) * h * (1 - h), trace[$"z{k + 1}"].Gradient![0], 1e-16);
        }
    }

    [Fact]
    [Trait("Lesson", "L88")]
    [Trait("Lesson", "L112")]
    public void The_derivative_of_a_mean_cost_is_the_mean_of_the_derivatives()
    {
        double One(double x, double y) => Trace.Of("J = (w*x - y)^2", ("w", 2), ("x", x), ("y", y))["w"].Gradient![0];
        Trace mean = Trace.Of("C1 = (w*x1 - y1)^2; C2 = (w*x2 - y2)^2; C = (C1 + C2)/2", ("w", 2), ("x1", 1), ("y1", 3), ("x2", -2), ("y2", 0.5));
        Assert.Equal((One(1, 3) + One(-2, 0.5)) / 2, mean["w"].Gradient![0], 1e-14);
    }
}
