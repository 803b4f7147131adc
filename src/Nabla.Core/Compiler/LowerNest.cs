using System.Collections.Immutable;

namespace Nabla;

/// <summary>Loops for a group of elementwise ops and reductions over inner axes: rows outside, passes over the row inside.</summary>
internal static class LowerNest
{
    // Cutting a vector loop at multiples of the widest vector keeps each element in the same code whatever the number of threads.
    public const int VectorGrain = 64;

    public static readonly LoopExpr.Variable Begin = new("begin", DType.Int64);
    public static readonly LoopExpr.Variable End = new("end", DType.Int64);

    public static StepDraft Run(FusedGroup group, Phases phases, string name, Func<Node, Storage> storageOf)
    {
        KernelBuffers buffers = new();
        ElementWriter writer = new(group, storageOf, buffers);
        Dictionary<Evaluation, LoopExpr.Variable> sums = [];
        HashSet<Node> stored = [.. group.Stored];
        List<(List<LoopStatement> Row, List<LoopStatement> Inner)> passes = [];
        List<LoopStatement> finishes = [];
        for (int pass = 0; pass <= phases.Count; pass++)
        {
            writer.BeginPass(pass);
            foreach (Evaluation e in phases.Order)
            {
                if (group.Reductions.Contains(e))
                {
                    if (phases.Ready(e) == pass)
                    {
                        FinishReduction(writer, e, sums[e]);
                    }
                }
                else if (phases.Ready(e) == pass && group.PositionOf(e.Node, e.Index) == Position.Row)
                {
                    writer.Value(e.Node, e.Index);
                }
            }

            if (pass == phases.Count)
            {
                foreach (Node node in group.Stored.Where(n => group.PositionOf(n, FusedGroup.Identity(n.TensorType.Dims)) == Position.Row))
                {
                    LoopExpr value = writer.Value(node, FusedGroup.Identity(node.TensorType.Dims));
                    finishes.Add(writer.Store(node, value, pass));
                }
            }
            else
            {
                WritePass(group, phases, writer, sums, stored, pass);
            }

            passes.Add((writer.Row, writer.Inner));
        }

        passes[^1].Row.AddRange(finishes);
        return Assemble(group, phases, name, buffers, writer, passes);
    }

    private static void WritePass(
        FusedGroup group, Phases phases, ElementWriter writer, Dictionary<Evaluation, LoopExpr.Variable> sums, HashSet<Node> stored, int pass)
    {
        List<LoopStatement> ends = []; // behind all loads, so that a store may overwrite what the same point has read
        foreach (Evaluation e in phases.Order)
        {
            if (group.Reductions.Contains(e))
            {
                if (phases.Ready(e) == pass + 1)
                {
                    ends.Add(Accumulate(writer, e, sums));
                }
            }
            else if (phases.Passes(e).Contains(pass) && group.PositionOf(e.Node, e.Index) == Position.Point)
            {
                LoopExpr value = writer.Value(e.Node, e.Index);
                if (stored.Contains(e.Node))
                {
                    ends.Add(writer.Store(e.Node, value, pass));
                    writer.KeepFrom(e.Node, pass);
                }
            }
        }

        writer.Inner.AddRange(ends);
    }

    private static LoopStatement.Accumulate Accumulate(ElementWriter writer, Evaluation e, Dictionary<Evaluation, LoopExpr.Variable> sums)
    {
        Node node = e.Node;
        var lowering = (Lowering.Reduction)node.Op.Lower;
        LoopExpr.Variable sum = writer.Name(node);
        sums[e] = sum;
        writer.Row.Add(new LoopStatement.Declare(sum, LoopExpr.Constant(lowering.Initial, node.TensorType.DType)));
        LoopExpr value = writer.Value(node.Inputs[0], FusedGroup.Identity(node.Inputs[0].TensorType.Dims));
        return new LoopStatement.Accumulate(sum, lowering.Combine, value);
    }

    private static void FinishReduction(ElementWriter writer, Evaluation e, LoopExpr sum)
    {
        var lowering = (Lowering.Reduction)e.Node.Op.Lower;
        if (lowering.Finish is not null)
        {
            ReductionContext context = new(e.Node, (int)AxisSize.Count(e.Node.Inputs[0].TensorType.Dims, lowering.Axes));
            sum = writer.Let(lowering.Finish(context, sum), writer.Name(e.Node));
        }

        writer.SetRow(e, sum);
    }

    private static StepDraft Assemble(
        FusedGroup group, Phases phases, string name, KernelBuffers buffers, ElementWriter writer, List<(List<LoopStatement> Row, List<LoopStatement> Inner)> passes)
    {
        int split = group.Split ?? 0;
        LoopAxis[] axes = [.. group.Full.Select((size, axis) => new LoopAxis(FusedGroup.Axis(axis), size))];
        LoopNest nest = LoopNest.Collapse(
            [axes[..split], axes[split..]], passes.SelectMany(p => NestAssembly.Expressions(p.Row).Concat(NestAssembly.Expressions(p.Inner))));
        ImmutableArray<LoopAxis> outer = nest.Segments[0];
        ImmutableArray<LoopAxis> inner = nest.Segments[1];
        bool flat = outer.IsEmpty && inner.Length > 0 && group.Reductions.Count == 0;
        NestAssembly assembly = new(nest, outer);
        bool vector = false;
        foreach ((List<LoopStatement> row, List<LoopStatement> body) in passes)
        {
            assembly.AddRow(row);
            if (body.Count > 0)
            {
                vector = assembly.AddPass(inner, body, flat ? (0, Begin, End) : null);
            }
        }

        long extent = flat ? inner[0].Size : outer.IsEmpty ? 1 : outer[0].Size;
        long points = group.Full.Aggregate(1L, (n, s) => n * s);
        var draft = new StepDraft
        {
            Kernel = new LoopKernel(name, buffers.All, extent, Begin, End, assembly.Finish(Begin, End)),
            Storages = buffers.Storages,
            Grain = flat ? (vector && inner.Length == 1 ? VectorGrain : 1) : outer.IsEmpty ? 0 : 1,
            Work = points * (1 + phases.Order.Where(e => group.PositionOf(e.Node, e.Index) == Position.Point).Sum(e => (long)e.Cost)),
            Summary = group.Summary,
        };
        draft.Touches.AddRange(writer.Touches);
        return draft;
    }
}
