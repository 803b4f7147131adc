// The two movements that every rule leans on: repeating along axes, and other dims for the same elements.
using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>
/// Repeats the input along new axes, or along axes of size 1, until it has the target dims. Axis i of the input is axis Mapping[i] of the
/// result. Broadcasting is a node of its own, so that no other rule has to undo it.
/// </summary>
/// <param name="Target">The dims of the result.</param>
/// <param name="Mapping">For each axis of the input its place in the result, rising.</param>
/// <example><code>
/// Tensor rows = input.Mean(axis: 0).BroadcastTo(input.Dims);   // the mean of each column, repeated in every row
/// </code></example>
public sealed record Broadcast(Dims Target, Axes Mapping) : Op
{
    internal static OpInfo Row { get; } = new("broadcast", "x repeated along new axes or axes of size 1.", r => new Broadcast(r.Dims("dims"), r.Axes("axes")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("dims", Target), new("axes", Mapping)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        Dims dims = operands[0].Dims;
        bool fits = Mapping.Count == dims.Rank;
        for (int i = 0; fits && i < dims.Rank; i++)
        {
            int axis = Mapping[i];
            fits = axis >= 0 && axis < Target.Rank && (i == 0 || axis > Mapping[i - 1]) && (dims[i].Size == Target[axis].Size || dims[i].Size == 1);
        }

        return fits ? operands[0] with { Dims = Target } : throw operands.Error("expected each axis to have its target's size or 1");
    }

    /// <summary>The sum over the axes along which the input was repeated.</summary>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context)
    {
        Dims dims = context.Input(0).Dims;
        int[] repeated = [.. Enumerable.Range(0, Target.Rank).Where(a => SourceAxis(a) is not { } s || dims[s].Size != Target[a].Size)];
        return [context.Cotangent.Sum(repeated).Reshape(dims)];
    }

    private int? SourceAxis(int targetAxis)
    {
        for (int i = 0; i < Mapping.Count; i++)
        {
            if (Mapping[i] == targetAxis)
            {
                return i;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => context.Inputs[0];

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> x = context.Inputs[0];
        int[] outer = Target.Strides();
        int[] inner = x.Dims.Strides();
        return Value<T>.Take(context.Type, x, place =>
        {
            int from = 0;
            for (int i = 0; i < inner.Length; i++)
            {
                from += x.Dims[i].Size == 1 ? 0 : place / outer[Mapping[i]] % Target[Mapping[i]].Size * inner[i];
            }

            return from;
        });
    }

    internal override Lowering Lower => new Lowering.Element(c =>
    {
        Dims dims = c.Node.Inputs[0].TensorType.Dims;
        return c.Input(0, [.. Enumerable.Range(0, dims.Rank).Select(i => dims[i].Size == 1 ? LoopExpr.Index(0) : c.Index[Mapping[i]])]);
    });

    internal override Op Resized(string dimName, int size) => this with { Target = Target.Resized(dimName, size) };
}

/// <summary>The same elements in the same row-major order under other dims.</summary>
/// <param name="Target">The dims of the result: as many elements.</param>
/// <example><code>
/// Tensor flat = input.Reshape([input.Dims.Count]);
/// </code></example>
public sealed record Reshape(Dims Target) : Op
{
    internal static OpInfo Row { get; } = new("reshape", "The same elements under other dims.", r => new Reshape(r.Dims("dims")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("dims", Target)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        return operands[0].Dims.Count == Target.Count
            ? operands[0] with { Dims = Target }
            : throw operands.Error($"expected dims with {operands[0].Dims.Count} elements, received {Target} with {Target.Count}");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => [context.Cotangent.Reshape(context.Input(0).Dims)];

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => context.Inputs[0];

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context) => Value<T>.Take(context.Type, context.Inputs[0], place => place);

    internal override Lowering Lower => new Lowering.View();

    internal override Op Resized(string dimName, int size) => this with { Target = Target.Resized(dimName, size) };
}
