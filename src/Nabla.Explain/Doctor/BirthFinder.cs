using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>
/// Runs one training step node by node, optimizer and all, and goes back from what is not finite in its results to the first op whose inputs still were.
/// In the precision of the model: what overflows in float32 need not in double.
/// </summary>
internal static class BirthFinder
{
    // What the interpreter does in some seconds: multiplications with weights. A larger batch is looked through in pieces.
    private const long Budget = 20_000_000;

    /// <summary>Looks for the first number that is not finite in the step for some samples; null where all are finite.</summary>
    /// <param name="model">The model, compiled.</param>
    /// <param name="batch">The samples of the step.</param>
    /// <param name="rows">Their rows among all data.</param>
    /// <param name="seed">The training's seed.</param>
    /// <param name="rate">The learning rate of the step.</param>
    /// <param name="valueOf">The value of a variable before the step.</param>
    public static Birth? Find(Model model, TrainingData batch, IReadOnlyList<int> rows, int seed, double rate, Func<Variable, NDArray> valueOf)
    {
        Compilation compilation = model.RequireCompiled("Diagnose");
        long weights = Math.Max(1, model.Weights.Sum(w => (long)w.Type.Dims.Count));
        int piece = (int)Math.Clamp(Budget / weights, 1, batch.Count);
        for (int start = 0; start < batch.Count; start += piece)
        {
            int count = Math.Min(piece, batch.Count - start);
            TrainingData part = count == batch.Count ? batch : batch[start..(start + count)];
            int[] places = [.. rows.Skip(start).Take(count)];
            Birth? birth = model.DType == DType.Float64
                ? Find(DoubleNumbers.Instance, model, compilation, part, places, seed, rate, valueOf)
                : Find(FloatNumbers.Instance, model, compilation, part, places, seed, rate, valueOf);
            if (birth is not null)
            {
                return birth;
            }
        }

        return null;
    }

    private static Birth? Find<T>(
        NumberSystem<T> math, Model model, Compilation compilation, TrainingData batch, IReadOnlyList<int> rows, int seed, double rate, Func<Variable, NDArray> valueOf)
    {
        Accumulators sums = new(compilation.Goals, batch.Types.Y, model.OutputTypes);
        GraphBuilder builder = new();
        builder.RecordSourceInside();
        StepGraph step = StepGraphs.Train(model, compilation, sums, batch.Types.Batch(batch.Count), null, builder);
        HashSet<Variable> summed = new(sums.All, ReferenceEqualityComparer.Instance);
        ImmutableArray<Value<T>> inputs =
        [
            .. batch.All.Select(a => Value<T>.From(a, math)),
            Value<T>.OfFloats(TensorType.Scalar(DType.Float64), [math.FromDouble(rate)]),
            Value<T>.OfIntegers(TensorType.Scalar(DType.Int64), [seed]),
            .. step.Reads.Select(v => Value<T>.From(summed.Contains(v) ? NDArray.Zeros(v.Type.DType, v.Type.Dims) : valueOf(v), math)),
        ];
        Dictionary<Node, Value<T>> values = new Interpreter<T>(math).Trace(step.Graph, inputs);
        double largest = step.Reads.Zip(inputs.Skip(step.Given))
            .Where(p => p.First.Trainable && p.First.Type.DType.IsFloat)
            .SelectMany(p => p.Second.Floats)
            .Select(v => Math.Abs(math.ToDouble(v)))
            .DefaultIfEmpty(0)
            .Max();
        Node loss = step.Graph.Output("batch_loss");
        Chain<T> chain = new(math, values);
        foreach (Node outcome in step.Graph.Outputs.Where(o => o.Node == loss).Concat(step.Graph.Outputs.Where((o, i) => i >= step.Writes.Count || !summed.Contains(step.Writes[i]))).Select(o => o.Node))
        {
            if (chain.Back(outcome) is { } found)
            {
                BirthWriter<T> writer = new(math, values, rows);
                StepPhase phase = found.First.Op switch
                {
                    Ops.Input => StepPhase.Data,
                    Parameter => StepPhase.Weights,
                    _ => found.First.Scope.Path.Split('/').Contains("backward") ? StepPhase.Backward : found.First.Id > loss.Id ? StepPhase.Update : StepPhase.Forward,
                };
                return new Birth(phase, writer.Write(found.First), found.NaN is null ? null : writer.Write(found.NaN), largest);
            }
        }

        return null;
    }

    /// <summary>The ops between a result that is not finite and where it came from.</summary>
    private sealed class Chain<T>(NumberSystem<T> math, IReadOnlyDictionary<Node, Value<T>> values)
    {
        public (Node First, Node? NaN)? Back(Node outcome)
        {
            if (!IsBad(outcome))
            {
                return null;
            }

            HashSet<Node> bad = [outcome];
            Stack<Node> open = new([outcome]);
            List<Node> first = [];
            while (open.TryPop(out Node? node))
            {
                Node[] inputs = [.. node.Inputs.Where(IsBad)];
                if (inputs.Length == 0)
                {
                    first.Add(node);
                }

                foreach (Node input in inputs.Where(bad.Add))
                {
                    open.Push(input);
                }
            }

            Node born = first.MinBy(n => n.Id)!;
            Node? turned = HasNaN(born) ? null : bad.Where(HasNaN).MinBy(n => n.Id);
            return (born, turned);
        }

        // A constant that is not finite stands for something (a label that is no class): what chooses it is the place to name.
        private bool IsBad(Node node) => !IsConstant(node) && Any(values[node], v => !double.IsFinite(v));

        private static bool IsConstant(Node node) => node.Op is Constant or Literal || (node.Op is Broadcast or Cast && IsConstant(node.Inputs[0]));

        private bool HasNaN(Node node) => Any(values[node], double.IsNaN);

        private bool Any(Value<T> value, Func<double, bool> holds) => value.Items.Length > 0
            ? value.Items.Any(i => Any(i, holds))
            : value.Type is TensorType { DType.IsFloat: true } && Array.Exists(value.Floats, v => holds(math.ToDouble(v)));
    }
}
