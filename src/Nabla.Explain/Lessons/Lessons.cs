namespace Nabla.Explain;

/// <summary>The worked examples of the lectures by name. All are formulas that anybody can type.</summary>
/// <example><code>
/// foreach (Lesson lesson in Lessons.All)
/// {
///     Console.WriteLine($"{lesson.Name}: {lesson.Title}");
/// }
/// </code></example>
public static class Lessons
{
    private static readonly double[][] LogitsAndLabels =
        [[0, 1], [0, 0], [36, 0], [37, 0], [40, 0], [100, 0], [-100, 1], [1000, 0], [-800, 1], [40, 1]];

    /// <summary>The lessons in the order in which they are best read.</summary>
    public static IReadOnlyList<Lesson> All { get; } =
    [
        new()
        {
            Name = "small", Title = "the small network: one linear unit and its cost", Items = "L62-L72",
            Forward = "c = w*x; a = c + b", Cost = "d = a - y; J = d^2/2", CostWithoutHalf = "d = a - y; C = d^2",
            Values = [("w", 2), ("b", 8), ("x", -2), ("y", 2)], Parameters = ["w", "b"],
        },
        new()
        {
            Name = "larger", Title = "two layers of one relu unit each", Items = "L73-L80",
            Forward = "t1 = w1*x; z1 = t1 + b1; a1 = relu(z1); t2 = w2*a1; z2 = t2 + b2; a2 = relu(z2)",
            Cost = "J = (a2 - y)^2/2", CostWithoutHalf = "C = (a2 - y)^2",
            Values = [("x", 1), ("y", 5), ("w1", 2), ("b1", 0), ("w2", 3), ("b2", 1)], Parameters = ["w1", "b1", "w2", "b2"],
            Layers = [Unit("relu", "x", 1), Unit("relu", "a1", 2)],
        },
        new()
        {
            Name = "chain", Title = "a chain of four neurons, as 3Blue1Brown draws it", Items = "L81-L92",
            Forward = "z1 = w1*x + b1; a1 = sigmoid(z1); z2 = w2*a1 + b2; a2 = sigmoid(z2); z3 = w3*a2 + b3; a3 = sigmoid(z3)",
            Cost = "C = (a3 - y)^2", CostWithHalf = "J = (a3 - y)^2/2",
            Values = [("x", 0.5), ("y", 1), ("w1", 0.6), ("w2", -0.4), ("w3", 0.9), ("b1", 0.1), ("b2", 0.2), ("b3", -0.3)],
            Parameters = ["w1", "b1", "w2", "b2", "w3", "b3"],
            Layers = [Unit("sigmoid", "x", 1), Unit("sigmoid", "a1", 2), Unit("sigmoid", "a2", 3)],
        },
        new()
        {
            Name = "two-layer", Title = "two nodes and the deltas that run backwards", Items = "L94-L97, L100",
            Forward = "z1 = w1*x + b1; a1 = sigmoid(z1); z2 = w2*a1 + b2; yhat = sigmoid(z2)",
            Cost = "J = (yhat - y)^2/2", CostWithoutHalf = "C = (yhat - y)^2",
            Values = [("x", 2), ("y", 1), ("w1", 0.5), ("b1", -1), ("w2", 1), ("b2", 0)], Parameters = ["w1", "b1", "w2", "b2"],
            Layers = [Unit("sigmoid", "x", 1), Unit("sigmoid", "a1", 2) with { Outputs = ["yhat"] }],
        },
        new()
        {
            Name = "logistic", Title = "logistic regression, and the loss that does not overflow", Items = "L6, L10-L11, L28, L34",
            Forward = "z = w1*x1 + w2*x2 + b; f = 1/(1 + exp(-z))", Cost = "J = -y*log(f) - (1 - y)*log(1 - f)",
            Values = [("w1", 1), ("x1", 2), ("w2", -1), ("x2", 1), ("b", -1), ("y", 1)], Parameters = ["w1", "w2", "b"],
            Layers = [new("sigmoid", ["x1", "x2"], [["w1", "w2"]], ["b"], ["z"], ["f"])],
            Tables =
            [
                new(
                    "THE SAME LOSS, TWO WAYS OF COMPUTING IT", ["z", "y"], LogitsAndLabels,
                    [
                        new("as on the slide", "f = 1/(1 + exp(-z)); -y*log(f) - (1 - y)*log(1 - f)"),
                        new("from logits", "max(z, 0) - z*y + log1p(exp(-abs(z)))"),
                    ],
                    "With fromLogits: true the library rearranges the loss so that nothing overflows. The slide's own form rounds 1 - f to 0 from z = 37 up, and 0*log(0) is NaN."),
            ],
        },
        new()
        {
            Name = "collapse", Title = "two linear layers are one", Items = "L22, L25-L26, L73",
            Forward = "a1 = w1*x + b1; a2 = w2*a1 + b2", Cost = "J = (a2 - y)^2/2", CostWithoutHalf = "C = (a2 - y)^2",
            Values = [("x", 1), ("y", 5), ("w1", 2), ("b1", 0), ("w2", 3), ("b2", 1)], Parameters = ["w1", "b1", "w2", "b2"],
            Tables =
            [
                new(
                    "THE ONE LAYER THAT DOES THE SAME", ["x"], [[-1], [0], [1], [2]],
                    [
                        new("a2 = w2*(w1*x + b1) + b2", "a1 = w1*x + b1; w2*a1 + b2"),
                        new("w = w2*w1", "w2*w1"),
                        new("b = w2*b1 + b2", "w2*b1 + b2"),
                        new("w*x + b", "w = w2*w1; b = w2*b1 + b2; w*x + b"),
                    ],
                    "Linear hidden layers add nothing: use relu in hidden layers."),
            ],
        },
        new()
        {
            Name = "softmax4", Title = "softmax over four classes, and its loss", Items = "L29-L32, L35",
            Forward = "e1 = exp(z1); e2 = exp(z2); e3 = exp(z3); e4 = exp(z4); s = e1 + e2 + e3 + e4; a1 = e1/s; a2 = e2/s; a3 = e3/s; a4 = e4/s",
            Cost = "J = -(y1*log(a1) + y2*log(a2) + y3*log(a3) + y4*log(a4))",
            Values =
            [
                ("z1", Math.Log(0.30)), ("z2", Math.Log(0.20)), ("z3", Math.Log(0.15)), ("z4", Math.Log(0.35)), ("y1", 1), ("y2", 0), ("y3", 0), ("y4", 0),
            ],
            Parameters = ["z1", "z2", "z3", "z4"],
            Tables =
            [
                new(
                    "LARGE LOGITS", ["u1", "u2", "u3"], [[0, 1, 2], [1000, 1001, 1002]],
                    [
                        new("a1 as on the slide", "exp(u1)/(exp(u1) + exp(u2) + exp(u3))"),
                        new("a1", "m = max(u1, u2, u3); exp(u1 - m)/(exp(u1 - m) + exp(u2 - m) + exp(u3 - m))"),
                        new("a2", "m = max(u1, u2, u3); exp(u2 - m)/(exp(u1 - m) + exp(u2 - m) + exp(u3 - m))"),
                        new("a3", "m = max(u1, u2, u3); exp(u3 - m)/(exp(u1 - m) + exp(u2 - m) + exp(u3 - m))"),
                        new("loss of class 1", "m = max(u1, u2, u3); m - u1 + log(exp(u1 - m) + exp(u2 - m) + exp(u3 - m))"),
                    ],
                    "Adding a constant to all logits changes nothing; so the largest is taken off first, and no exponential overflows."),
            ],
        },
        new()
        {
            Name = "multilabel", Title = "one network, three yes-or-no answers: car, bus, pedestrian", Items = "L36-L37",
            Forward = "a_car = sigmoid(z_car); a_bus = sigmoid(z_bus); a_ped = sigmoid(z_ped)",
            Cost = "L_car = -y_car*log(a_car) - (1 - y_car)*log(1 - a_car); L_bus = -y_bus*log(a_bus) - (1 - y_bus)*log(1 - a_bus); "
                + "L_ped = -y_ped*log(a_ped) - (1 - y_ped)*log(1 - a_ped); J = (L_car + L_bus + L_ped)/3",
            Values = [("z_car", 2), ("z_bus", -1), ("z_ped", 0.5), ("y_car", 1), ("y_bus", 0), ("y_ped", 1)], Parameters = ["z_car", "z_bus", "z_ped"],
            Tables =
            [
                new(
                    "THREE IMAGES", ["y_car", "y_bus", "y_ped"], [[1, 0, 1], [0, 0, 1], [1, 1, 0]],
                    [
                        new("loss of these answers", "(softplus(z_car) - y_car*z_car + softplus(z_bus) - y_bus*z_bus + softplus(z_ped) - y_ped*z_ped)/3"),
                        new("sum of the outputs", "sigmoid(z_car) + sigmoid(z_bus) + sigmoid(z_ped)"),
                    ],
                    "Each output is a probability of its own: unlike softmax they need not sum to 1."),
            ],
        },
        new()
        {
            Name = "mazur", Title = "two inputs, two hidden and two output neurons (Mazur's example)", Items = "L90, L93, L99, L109",
            Forward = "z1 = w1*i1 + w2*i2 + b1; h1 = sigmoid(z1); z2 = w3*i1 + w4*i2 + b1; h2 = sigmoid(z2); "
                + "z3 = w5*h1 + w6*h2 + b2; o1 = sigmoid(z3); z4 = w7*h1 + w8*h2 + b2; o2 = sigmoid(z4)",
            Cost = "E1 = (t1 - o1)^2/2; E2 = (t2 - o2)^2/2; E_total = E1 + E2",
            CostWithoutHalf = "E1 = (t1 - o1)^2; E2 = (t2 - o2)^2; C = E1 + E2",
            Values =
            [
                ("i1", 0.05), ("i2", 0.10), ("t1", 0.01), ("t2", 0.99), ("w1", 0.15), ("w2", 0.20), ("w3", 0.25), ("w4", 0.30), ("b1", 0.35),
                ("w5", 0.40), ("w6", 0.45), ("w7", 0.50), ("w8", 0.55), ("b2", 0.60),
            ],
            Parameters = ["w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8"],
            LearningRate = 0.5,
            Layers =
            [
                new("sigmoid", ["i1", "i2"], [["w1", "w2"], ["w3", "w4"]], ["b1", "b1"], ["z1", "z2"], ["h1", "h2"]),
                new("sigmoid", ["h1", "h2"], [["w5", "w6"], ["w7", "w8"]], ["b2", "b2"], ["z3", "z4"], ["o1", "o2"]),
            ],
        },
        new()
        {
            Name = "roundoff", Title = "two ways of writing 2/10,000, and what rounding does to them", Items = "L33",
            Forward = "p = 1 + 1/n; q = 1 - 1/n", Cost = "J = p - q",
            Values = [("n", 10_000)], Parameters = [], IsExact = true,
            Tables =
            [
                new(
                    "THE SAME NUMBER, TWICE", ["m"], [[10_000]],
                    [
                        new("exactly", "(1 + 1/m) - (1 - 1/m)", Arithmetic.Exact),
                        new("2/m in float64", "2/m"),
                        new("(1 + 1/m) - (1 - 1/m) in float64", "(1 + 1/m) - (1 - 1/m)"),
                        new("2/m in float32", "2/m", Arithmetic.Float32),
                        new("(1 + 1/m) - (1 - 1/m) in float32", "(1 + 1/m) - (1 - 1/m)", Arithmetic.Float32),
                    ],
                    "Subtracting numbers that are nearly equal leaves their rounding behind: the reason for fromLogits."),
            ],
        },
    ];

    /// <summary>The lesson of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message offers the nearest.</exception>
    public static Lesson Named(string name) => All.FirstOrDefault(l => string.Equals(l.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw DidYouMean.Unknown("Lesson", name, All.Select(l => l.Name));

    // A layer of one neuron, its scalars numbered by the layer.
    private static LessonLayer Unit(string activation, string input, int layer) =>
        new(activation, [input], [[$"w{layer}"]], [$"b{layer}"], [$"z{layer}"], [$"a{layer}"]);
}
