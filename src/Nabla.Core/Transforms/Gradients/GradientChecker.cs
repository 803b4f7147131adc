using System.Collections.Immutable;
using System.Globalization;

namespace Nabla;

/// <summary>One check: points, weights and directions drawn once, every derivative looked at in the three ways.</summary>
internal sealed class GradientChecker
{
    private static readonly DoubleNumbers Doubles = DoubleNumbers.Smooth;
    private static readonly DualNumbers<double> Duals = new(DoubleNumbers.Smooth);

    private readonly string _name;
    private readonly GradientCheckOptions _options;
    private readonly Random _random;
    private readonly CheckedFunction _function;
    private readonly double[][] _point;
    private readonly double[][] _weights;
    private readonly Dictionary<Node, Value<double>> _held;
    private readonly double[][] _gradients;
    private readonly double[][] _gradientTerms;
    private readonly double _valueTerms;
    private readonly List<string> _failures = [];

    public GradientChecker(Graph graph, NDArray[] inputs, GradientCheckOptions options)
    {
        _name = graph.Name;
        _options = options;
        _random = new Random(options.Seed);
        _function = new CheckedFunction(graph, inputs);
        _point = _function.Point;

        // One number needs no weight; signed normal weights keep errors of opposite sign from cancelling.
        TensorType[] weights = [.. _function.WeightTypes];
        _weights = weights is [{ Dims.Rank: 0 }] ? [[1.0]] : [.. weights.Select(w => Normals(w.Dims.Count))];
        _held = _function.Held(_weights);
        _gradients = _function.Gradients(Doubles, _point, _weights);
        _gradientTerms = Map(_function.Gradients(AbsoluteTerms.Instance, Gauge(_point), Gauge(_weights)), g => g.Terms);
        _valueTerms = _function.Value(AbsoluteTerms.Instance, Gauge(_point), Gauge(_weights)).Terms;
    }

    public GradientReport Run()
    {
        CheckInvariants();
        var inputs = ImmutableArray.CreateBuilder<CheckedInput>();
        for (int k = 0; k < _point.Length; k++)
        {
            TensorType type = _function.Floats[k].Type;
            inputs.Add(new CheckedInput(Name(k), type, [.. Coordinates(_point[k].Length).Select(place => CheckCoordinate(k, place, type))]));
        }

        inputs.Add(new CheckedInput("directions", null, [.. Enumerable.Range(1, _options.Directions).Select(CheckDirection)]));
        if (_options.SecondOrder)
        {
            CheckSecondOrder();
        }

        return new GradientReport(_name, inputs.ToImmutable(), [.. _failures]);
    }

    private string Name(int input) => ((Leaf)_function.Floats[input].Node.Op).Label;

    private void CheckInvariants()
    {
        double[][] again = _function.Gradients(Doubles, _point, _weights);
        double[][] none = _function.Gradients(Doubles, _point, Map(_weights, _ => 0.0));
        for (int k = 0; k < _point.Length; k++)
        {
            if (_gradients[k].Length != _point[k].Length)
            {
                _failures.Add($"{Name(k)}: expected a gradient of {_point[k].Length} elements, received {_gradients[k].Length}");
            }

            if (!again[k].Select(BitConverter.DoubleToInt64Bits).SequenceEqual(_gradients[k].Select(BitConverter.DoubleToInt64Bits)))
            {
                _failures.Add($"{Name(k)}: the same call gave other bits the second time");
            }

            int wrong = Array.FindIndex(none[k], g => g != 0);
            if (wrong >= 0)
            {
                _failures.Add(string.Create(CultureInfo.InvariantCulture, $"{Name(k)}{Place(_function.Floats[k].Type, wrong)}: a cotangent of zeros gave {none[k][wrong]:R} instead of 0"));
            }
        }
    }

    private IEnumerable<int> Coordinates(int count) => count <= _options.Coordinates
        ? Enumerable.Range(0, count)
        : new SortedSet<int>([0, count - 1, .. Enumerable.Range(0, _options.Coordinates).Select(_ => _random.Next(count))]);

    private CheckedDerivative CheckCoordinate(int input, int place, TensorType type)
    {
        double x = _point[input][place];
        double[][] direction = Map(_point, _ => 0.0);
        direction[input][place] = 1;
        double scale = Math.ScaleB(1, Math.Max(0, Math.ILogB(Math.Max(1, Math.Abs(x))) + 1));
        FiniteDifferences differences = new(
            t => (x + t - x, ValueAt(direction, t)),
            _valueTerms,
            double.IsFinite(scale) ? scale : 1);
        return Judge(Place(type, place), _gradients[input][place], _gradientTerms[input][place], Forward(direction), differences);
    }

    private CheckedDerivative CheckDirection(int number)
    {
        double[][] direction = Direction();
        FiniteDifferences differences = new(t => (t, ValueAt(direction, t)), _valueTerms, 1);
        return Judge(
            string.Create(CultureInfo.InvariantCulture, $"direction {number}"),
            Dot(_gradients, direction),
            Dot(_gradientTerms, Map(direction, Math.Abs)),
            Forward(direction),
            differences);
    }

    private CheckedDerivative Judge(string place, double analytic, double terms, double forward, FiniteDifferences differences)
    {
        NumericDerivative numeric = differences.Estimate(_options.RelativeTolerance, _options.AbsoluteTolerance);
        double fromForward = Distance(analytic, forward, _options.DualTolerance * terms);
        double fromNumeric = Distance(
            analytic, numeric.Value, _options.AbsoluteTolerance + (_options.RelativeTolerance * Math.Abs(analytic)) + numeric.Noise);
        GradientVerdict verdict = !(fromForward <= 1) ? GradientVerdict.Differs
            : double.IsInfinity(analytic) ? GradientVerdict.Infinite
            : fromNumeric <= 1 ? GradientVerdict.Agrees
            : differences.Kink() is { } kink && IsBetween(analytic, kink) ? GradientVerdict.Kink
            : GradientVerdict.Differs;
        return new(place, analytic, numeric.Value, forward, numeric.Step, verdict, double.IsNaN(fromNumeric) ? double.PositiveInfinity : Math.Max(fromForward, fromNumeric));
    }

    // In units of what is allowed; NaN where either is not a number.
    private static double Distance(double a, double b, double allowed) => a.Equals(b) && !double.IsNaN(a) ? 0 : Math.Abs(a - b) / allowed;

    // One-sided slopes are of second order in their step: near a kink they are good to about three digits.
    private static bool IsBetween(double derivative, (double Left, double Right) kink)
    {
        double margin = 1e-3 * (1 + Math.Abs(derivative));
        return derivative >= Math.Min(kink.Left, kink.Right) - margin && derivative <= Math.Max(kink.Left, kink.Right) + margin;
    }

    private double ValueAt(double[][] direction, double distance) => _function.Value(Doubles, Moved(direction, distance), _weights, _held);

    private double[][] Moved(double[][] direction, double distance) =>
        [.. _point.Select((values, k) => values.Select((x, i) => direction[k][i] == 0 ? x : x + (distance * direction[k][i])).ToArray())];

    private double Forward(double[][] direction) => _function.Value(Duals, Seeded(direction), Map(_weights, w => new Dual<double>(w, 0))).Tangent;

    private Dual<double>[][] Seeded(double[][] direction) =>
        [.. _point.Select((values, k) => values.Select((x, i) => new Dual<double>(x, direction[k][i])).ToArray())];

    /// <summary>Second derivatives along random directions: reverse mode twice, dual numbers through reverse mode, differences of gradients, and symmetry.</summary>
    private void CheckSecondOrder()
    {
        double[][] u = Direction();
        double[][] w = Direction();
        double[][] twice = _function.HessianProducts(Doubles, _point, _weights, u);
        double[][] terms = Map(_function.HessianProducts(AbsoluteTerms.Instance, Gauge(_point), Gauge(_weights), Gauge(u)), g => g.Terms);
        Dual<double>[][] forward = _function.Gradients(Duals, Seeded(u), Map(_weights, x => new Dual<double>(x, 0)));
        for (int k = 0; k < _point.Length; k++)
        {
            for (int i = 0; i < _point[k].Length; i++)
            {
                // Ten times the first order's: the terms pass through twice as many ops.
                if (!(Distance(twice[k][i], forward[k][i].Tangent, 10 * _options.DualTolerance * terms[k][i]) <= 1))
                {
                    _failures.Add(string.Create(
                        CultureInfo.InvariantCulture,
                        $"second order, {Name(k)}{Place(_function.Floats[k].Type, i)}: reverse mode twice {twice[k][i]:R}, dual numbers through reverse mode {forward[k][i].Tangent:R}"));
                }
            }
        }

        double curvature = Dot(twice, w);
        double size = Dot(terms, Map(w, Math.Abs));
        double mirrored = Dot(_function.HessianProducts(Doubles, _point, _weights, w), u);
        if (!(Distance(curvature, mirrored, 1e-12 * size) <= 1))
        {
            _failures.Add(string.Create(CultureInfo.InvariantCulture, $"second order: expected a symmetric Hessian, received w·Hu = {curvature:R} and u·Hw = {mirrored:R}"));
        }

        if (_held.Count == 0)
        {
            CheckCurvature(u, w, curvature);
        }
    }

    // rtol 1e-6 and atol 1e-8: the gradients' own rounding is divided by the step.
    private void CheckCurvature(double[][] u, double[][] w, double curvature)
    {
        FiniteDifferences differences = new(
            t => (t, Dot(_function.Gradients(Doubles, Moved(u, t), _weights), w)), Dot(_gradientTerms, Map(w, Math.Abs)), 1);
        NumericDerivative numeric = differences.Estimate(1e-6, 1e-8);
        if (!(Distance(curvature, numeric.Value, 1e-8 + (1e-6 * Math.Abs(curvature)) + numeric.Noise) <= 1) && differences.Kink() is null)
        {
            _failures.Add(string.Create(CultureInfo.InvariantCulture, $"second order: reverse mode twice gives w·Hu = {curvature:R}, differences of gradients {numeric.Value:R}"));
        }
    }

    private double[][] Direction()
    {
        double[][] normals = [.. _point.Select(p => Normals(p.Length))];
        double length = Math.Sqrt(Dot(normals, normals));
        return Map(normals, x => x / length);
    }

    private double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()))];

    private static double Dot(double[][] a, double[][] b) => a.Zip(b, (x, y) => x.Zip(y, (p, q) => q == 0 ? 0 : p * q).Sum()).Sum();

    private static TResult[][] Map<T, TResult>(T[][] values, Func<T, TResult> function) => [.. values.Select(v => Array.ConvertAll(v, x => function(x)))];

    private static Gauged[][] Gauge(double[][] values) => Map(values, AbsoluteTerms.Instance.FromDouble);

    private static string Place(TensorType type, int place)
    {
        int[] strides = type.Dims.Strides();
        return $"[{string.Join(',', strides.Select((s, axis) => (place / s % Math.Max(1, type.Dims[axis].Size)).ToString(CultureInfo.InvariantCulture)))}]";
    }
}
