using System.Runtime.InteropServices;

namespace Nabla.Explain;

/// <summary>Measures a model under way, always on the same samples: one compiled graph gives loss, gradients, and what the optimizer would do next.</summary>
internal sealed class GlassBoxProbe
{
    // Fine enough to see a boundary, small enough for hundreds of snapshots.
    private const int BoundarySize = 32;
    private const int ContourSize = 41;

    private readonly Model _model;
    private readonly OptimizerState _state;
    private readonly ProbeSet _probe;
    private readonly CallContext _context;
    private readonly Executable _plan;
    private readonly NDArray[] _data;
    private readonly Dictionary<Variable, string> _names;
    private readonly GlassBoxPlane? _boundary;
    private readonly NDArray? _grid;

    public GlassBoxProbe(Model model, TrainingData all, IReadOnlyList<int>? rows)
    {
        _model = model;
        Compilation compilation = model.Compilation!;
        _state = compilation.EnsureState();
        if (rows?.FirstOrDefault(r => r < 0 || r >= all.Count, -1) is int row && rows.Any(r => r < 0 || r >= all.Count))
        {
            throw new ArgumentException($"GlassBox: expected rows from 0 to {all.Count - 1}, received {row}. Rows count from 0 among the samples that train.");
        }

        _probe = rows is null ? ProbeSet.Of(all, model.CountParams()) : ProbeSet.Of(all, rows);
        RecordedStep step = new(model, compilation, _state, _probe.Data.Types.Batch(_probe.Data.Count), training: false, hasRate: false, model.TestStep);
        _context = step.Context;
        _names = _state.Weights.ToDictionary(v => v, v => step.Names.Nodes[_context.Leaf(v).Node]);
        Tensor loss = step.Loss;
        GraphBuilder builder = loss.Node.Builder;
        Tensor rate = builder.Input("learning_rate", TensorType.Scalar(DType.Float64));
        Tensor[] gradients = [.. Differentiate.Gradients(loss, [.. _state.Weights.Select(v => _context[v])])];
        Tensor scale = compilation.Optimizer.ScaleLoss(builder.Constant(1, DType.Float64), _state, v => _context[v]);
        RecordedUpdate update = compilation.Optimizer.Record(UpdateRequest.All(_state, v => _context[v], rate, [.. gradients.Select(g => g * scale.Cast(g.DType))], good: null));
        Dictionary<Variable, Tensor> after = update.Changes.ToDictionary(c => c.Variable, c => c.Value);
        _plan = Executable.Compile(new Graph(
            "glass_box",
            [.. step.Data, rate.Node, .. _context.Leaves],
            [
                new GraphOutput("loss", loss.Cast(DType.Float64).Node),
                .. gradients.Select((g, i) => new GraphOutput($"g{i}", g.Node)),
                .. _state.Weights.Select((v, i) => new GraphOutput($"after{i}", after.GetValueOrDefault(v, _context[v]).Node)),
            ]));
        _data = [.. _probe.Data.All];
        (_boundary, _grid) = Plane();
        Bytes = _state.Weights.Sum(v => (long)v.Type.Dims.Count * (Size(v) + 8)) + (_boundary is null ? 0 : BoundarySize * BoundarySize * 4);
    }

    /// <summary>The bytes of one snapshot.</summary>
    public long Bytes { get; }

    /// <summary>The state now.</summary>
    public GlassBoxSnapshot Take(long iteration, int epoch)
    {
        Optimizer optimizer = _model.Optimizer!;
        NDArray[] found = Run(v => v.Value);
        int count = _state.Weights.Count;
        NDArray[] before = [.. _state.Weights.Select(v => v.Value)];
        return new GlassBoxSnapshot(
            iteration,
            epoch,
            found[0].ToArray<double>()[0],
            optimizer.LearningRate,
            [.. before.Select(Bytes32Or64)],
            [.. found.Skip(1).Take(count).Select(g => Floats(g.AsType(DType.Float64).ToArray<double>()))],
            [.. Enumerable.Range(0, count).Select(i => Rates(before[i], found[1 + count + i], found[1 + i]))],
            _grid is null ? default : Floats(Answers(_model.Predict(_grid, 256, 1))));
    }

    /// <summary>The whole film.</summary>
    public GlassBoxRecord Record(IReadOnlyList<GlassBoxSnapshot> snapshots, IReadOnlyList<GlassBoxEpoch> epochs) => new()
    {
        Title = _model.Name,
        Convention = LossWords.Of(_model, _model.Compilation!, _probe.Data.Count),
        Optimizer = _model.Optimizer!.ClassName,
        Seed = _model.Progress.Seed,
        Rows = _probe.Rows,
        Parameters = Parameters(),
        Snapshots = snapshots,
        Epochs = epochs,
        Boundary = _boundary,
        Contour = Contour(snapshots),
    };

    private NDArray[] Run(Func<Variable, NDArray> valueOf) =>
        _plan.Run([.. _data, NDArray.Full(_model.Optimizer!.GivenRate, Dims.Scalar), .. _context.Used.Select(valueOf)]);

    private GlassBoxParameter[] Parameters()
    {
        Dictionary<Variable, string> paths = _model.WeightPaths.ToDictionary(w => w.Variable, w => w.Path);
        return [.. _state.Weights.Select(v => new GlassBoxParameter(_names[v], paths[v], v.Type.DType.Name, [.. v.Type.Dims.Select(d => d.Size)]))];
    }

    private (GlassBoxPlane? Plane, NDArray? Grid) Plane()
    {
        TensorType input = _model.InputTypes[0];
        if (_model.InputTypes.Count != 1 || _model.OutputTypes.Count != 1 || input.Dims.Rank != 2 || input.Dims[1].Size != 2 || !input.DType.IsFloat)
        {
            return (null, null);
        }

        double[] x = _probe.Data.X[0].AsType(DType.Float64).ToArray<double>();
        (double left, double right) = Range(x.Where((_, i) => i % 2 == 0));
        (double bottom, double top) = Range(x.Where((_, i) => i % 2 == 1));
        int outputs = _model.OutputTypes[0].Dims[^1..].Count;
        double[] labels = _probe.Data.Y[0].AsType(DType.Float64).ToArray<double>();
        int each = labels.Length / _probe.Data.Count;
        double Label(int i) => each == 1 ? labels[i] : Enumerable.Range(0, each).MaxBy(k => labels[(i * each) + k]);
        double[] points = [.. Enumerable.Range(0, _probe.Data.Count).SelectMany(i => new[] { x[2 * i], x[(2 * i) + 1], Label(i) })];
        double[] grid = [.. Grid(left, right, bottom, top, BoundarySize)];
        return (new GlassBoxPlane(left, right, bottom, top, BoundarySize, outputs, default, points), NDArray.From(grid).Reshape(BoundarySize * BoundarySize, 2).AsType(input.DType));
    }

    // One number a point: the class that is answered, or the answer itself.
    private double[] Answers(NDArray given)
    {
        double[] values = given.AsType(DType.Float64).ToArray<double>();
        int each = values.Length / (BoundarySize * BoundarySize);
        bool isLogit = _model.Compilation!.Goals[0].Loss?.TakesLogits == true;
        return each > 1
            ? [.. Enumerable.Range(0, values.Length / each).Select(i => (double)Enumerable.Range(0, each).MaxBy(k => values[(i * each) + k]))]
            : Array.ConvertAll(values, v => isLogit ? 1 / (1 + Math.Exp(-v)) : v);
    }

    private GlassBoxPlane? Contour(IReadOnlyList<GlassBoxSnapshot> snapshots)
    {
        if (_state.Weights.Sum(v => (long)v.Type.Dims.Count) != 2)
        {
            return null;
        }

        double[][] path = [.. snapshots.Select(s => _state.Weights.SelectMany((v, i) => Values(s.Weights[i], v)).ToArray())];
        double[][] finite = [.. path.Where(p => p.All(double.IsFinite))];
        (double left, double right) = Range(finite.Select(p => p[0]));
        (double bottom, double top) = Range(finite.Select(p => p[1]));
        double[] grid = [.. Grid(left, right, bottom, top, ContourSize)];
        double[] costs = [.. Enumerable.Range(0, ContourSize * ContourSize).Select(i => Run(v => At(v, grid[2 * i], grid[(2 * i) + 1]))[0].ToArray<double>()[0])];
        return new GlassBoxPlane(left, right, bottom, top, ContourSize, 1, Floats(costs), []);
    }

    private NDArray At(Variable variable, double first, double second)
    {
        int place = _state.Weights.ToList().IndexOf(variable);
        return place < 0
            ? variable.Value
            : NDArray.From(variable.Type.Dims.Count == 2 ? new[] { first, second } : new[] { place == 0 ? first : second }).Reshape([.. variable.Type.Dims.Select(d => d.Size)]).AsType(variable.Type.DType);
    }

    private static IEnumerable<double> Grid(double left, double right, double bottom, double top, int size) =>
        Enumerable.Range(0, size * size).SelectMany(i => new[] { left + ((right - left) * (i % size) / (size - 1)), bottom + ((top - bottom) * (i / size) / (size - 1)) });

    // With a margin, so that nothing lies on the border.
    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        double[] all = [.. values.Where(double.IsFinite).DefaultIfEmpty(0)];
        (double low, double high) = (all.Min(), all.Max());
        double margin = high > low ? (high - low) * 0.15 : Math.Max(1, Math.Abs(low) * 0.5);
        return (low - margin, high + margin);
    }

    private static ReadOnlyMemory<byte> Rates(NDArray before, NDArray after, NDArray gradient)
    {
        double[] from = before.AsType(DType.Float64).ToArray<double>();
        double[] to = after.AsType(DType.Float64).ToArray<double>();
        double[] slope = gradient.AsType(DType.Float64).ToArray<double>();
        return Floats([.. from.Select((f, i) => slope[i] == 0 ? double.NaN : (f - to[i]) / slope[i])]);
    }

    private static double[] Values(ReadOnlyMemory<byte> bytes, Variable variable) => variable.Type.DType == DType.Float64
        ? MemoryMarshal.Cast<byte, double>(bytes.Span).ToArray()
        : Array.ConvertAll(MemoryMarshal.Cast<byte, float>(bytes.Span).ToArray(), f => (double)f);

    private static ReadOnlyMemory<byte> Bytes32Or64(NDArray array) => array.DType == DType.Float64
        ? MemoryMarshal.AsBytes<double>(array.ToArray<double>()).ToArray()
        : MemoryMarshal.AsBytes<float>(array.ToArray<float>()).ToArray();

    private static ReadOnlyMemory<byte> Floats(double[] values) => MemoryMarshal.AsBytes<float>(Array.ConvertAll(values, v => (float)v)).ToArray();

    private static int Size(Variable variable) => variable.Type.DType == DType.Float64 ? sizeof(double) : sizeof(float);
}
