using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// Loops for a reduction over axes that are not the innermost. Where the last axis stays, the result's rows are added up as vectors, one
/// row of the input after the other: fixed order, contiguous loads. Where it vanishes too, each result has a sum of its own.
/// </summary>
internal static class LowerReduction
{
    public static StepDraft Run(FusedGroup group, string name, Func<Node, Storage> storageOf)
    {
        Node node = group.Anchor!;
        Node input = node.Inputs[0];
        var lowering = (Lowering.Reduction)node.Op.Lower;
        KernelBuffers buffers = new();
        ElementWriter writer = new(group, storageOf, buffers);
        writer.BeginPass(0);
        LoopExpr value = writer.Value(input, FusedGroup.Identity(input.TensorType.Dims));
        Body body = new(group, node, lowering, storageOf(node), buffers, writer, value);
        return body.Write(name);
    }

    private sealed class Body(
        FusedGroup group, Node node, Lowering.Reduction lowering, Storage result, KernelBuffers buffers, ElementWriter writer, LoopExpr value)
    {
        private readonly DType _dtype = node.TensorType.DType;
        private readonly int _resultId = buffers.Id(result);

        public StepDraft Write(string name)
        {
            ImmutableArray<bool> gone = Reduced();
            LoopExpr place = ResultPlace(gone).ToExpression();
            LoopNest nest = LoopNest.Collapse(Segments(gone), NestAssembly.Expressions(writer.Row).Concat(NestAssembly.Expressions(writer.Inner)).Append(place));
            // Segments alternate between axes that stay and axes that vanish.
            ImmutableArray<LoopAxis> kept = [.. nest.Segments.Where((_, i) => (i % 2 == 0) != gone[0]).SelectMany(s => s)];
            ImmutableArray<LoopAxis> reduced = [.. nest.Segments.Where((_, i) => (i % 2 == 0) == gone[0]).SelectMany(s => s)];
            bool rows = !gone[^1];
            ImmutableArray<LoopAxis> outer = rows ? kept[..^1] : kept;
            NestAssembly assembly = new(nest, outer);
            bool vector = rows ? WriteRows(assembly, place, kept[^1], reduced, outer.IsEmpty) : WriteSums(assembly, place, reduced);
            long points = group.Full.Aggregate(1L, (n, s) => n * s);
            var draft = new StepDraft
            {
                Kernel = new LoopKernel(
                    name, buffers.All, outer.IsEmpty ? kept[^1].Size : outer[0].Size, LowerNest.Begin, LowerNest.End, assembly.Finish(LowerNest.Begin, LowerNest.End)),
                Storages = buffers.Storages,
                Grain = outer.IsEmpty && vector ? LowerNest.VectorGrain : 1,
                Work = points * (1 + group.Evaluations.Values.Sum(e => (long)e.Cost)),
                Summary = group.Summary,
            };
            draft.Touches.AddRange(writer.Touches);
            draft.Touches.Add(new Touch(result, Writes: true, null, 0));
            return draft;
        }

        private bool WriteRows(NestAssembly assembly, LoopExpr place, LoopAxis last, ImmutableArray<LoopAxis> reduced, bool isRange)
        {
            (int Loop, LoopExpr Begin, LoopExpr End)? Range(int loop) => isRange ? (loop, LowerNest.Begin, LowerNest.End) : null;
            LoopExpr soFar = new LoopExpr.Load(_resultId, place, _dtype);
            LoopStatement Store(LoopExpr element) => new LoopStatement.Store(_resultId, place, element);
            assembly.AddRow(writer.Row);
            assembly.AddPass([last], [Store(LoopExpr.Constant(lowering.Initial, _dtype))], Range(0));
            bool vector = assembly.AddPass(
                [.. reduced, last], [.. writer.Inner, Store(new LoopExpr.Binary(lowering.Combine, soFar, value, _dtype))], Range(reduced.Length));
            if (lowering.Finish is not null)
            {
                assembly.AddPass([last], [Store(Finish(soFar))], Range(0));
            }

            return vector;
        }

        private bool WriteSums(NestAssembly assembly, LoopExpr place, ImmutableArray<LoopAxis> reduced)
        {
            LoopExpr.Variable sum = writer.Name(node);
            assembly.AddRow(writer.Row);
            assembly.AddRow([new LoopStatement.Declare(sum, LoopExpr.Constant(lowering.Initial, _dtype))]);
            bool vector = assembly.AddPass(reduced, [.. writer.Inner, new LoopStatement.Accumulate(sum, lowering.Combine, value)]);
            assembly.AddRow([new LoopStatement.Store(_resultId, place, lowering.Finish is null ? sum : Finish(sum))]);
            return vector;
        }

        private LoopExpr Finish(LoopExpr combined) =>
            lowering.Finish!(new ReductionContext(node, (int)AxisSize.Count(node.Inputs[0].TensorType.Dims, lowering.Axes)), combined);

        private ImmutableArray<bool> Reduced()
        {
            Dims dims = node.Inputs[0].TensorType.Dims;
            return [.. Enumerable.Range(0, dims.Rank).Where(a => dims[a].Size != 1).Select(lowering.Axes.Contains)];
        }

        private Affine ResultPlace(ImmutableArray<bool> gone)
        {
            Dims dims = Dims.Of([.. group.Full.Where((_, axis) => !gone[axis])]);
            return Affine.Place([.. gone.Select((g, axis) => (g, axis)).Where(x => !x.g).Select(x => FusedGroup.Axis(x.axis))], dims.Strides());
        }

        private List<List<LoopAxis>> Segments(ImmutableArray<bool> gone)
        {
            List<List<LoopAxis>> segments = [];
            for (int axis = 0; axis < gone.Length; axis++)
            {
                if (axis == 0 || gone[axis] != gone[axis - 1])
                {
                    segments.Add([]);
                }

                segments[^1].Add(new LoopAxis(FusedGroup.Axis(axis), group.Full[axis]));
            }

            return segments;
        }
    }
}
