using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>Combines the elements along some axes into one; the axes vanish. Composites that keep them reshape afterwards.</summary>
/// <param name="Axes">The axes that vanish, rising, counted from the front.</param>
/// <example><code>
/// if (input.Sum(axis: 1).Node.Op is Nabla.Ops.ReductionOp reduction)
/// {
///     Console.WriteLine(reduction.Axes);   // [1]
/// }
/// </code></example>
public abstract record ReductionOp(Axes Axes) : Op
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<OpAttribute> Attributes => [new("axes", Axes)];

    private protected virtual bool TakesIntegers => true;

    /// <summary>Whether combining no elements is an error: there is no largest of none.</summary>
    private protected virtual bool NeedsElements => false;

    /// <inheritdoc/>
    public sealed override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        TensorType type = operands.Expect(0, d => d.IsFloat || (TakesIntegers && d.IsInteger), TakesIntegers ? "numbers" : "a floating tensor");
        Dims dims = type.Dims;
        for (int i = 0; i < Axes.Count; i++)
        {
            if (Axes[i] < 0 || Axes[i] >= dims.Rank || (i > 0 && Axes[i] <= Axes[i - 1]))
            {
                throw operands.Error($"expected different axes from 0 to {dims.Rank - 1}, rising, received {Axes}");
            }
        }

        if (NeedsElements && Axes.Any(a => dims[a].Size == 0))
        {
            throw operands.Error("expected at least one element along the axes. An empty set has no largest or smallest element");
        }

        return type with { Dims = Dims.Create([.. Kept(dims).Select(a => dims[a])]) };
    }

    /// <inheritdoc/>
    public sealed override Formula Render(RenderContext context) => new Formula.Call(Name, context.Inputs);

    /// <summary>The axes of <paramref name="dims"/> that stay.</summary>
    private protected IEnumerable<int> Kept(Dims dims) => Enumerable.Range(0, dims.Rank).Where(a => !Axes.Contains(a));

    /// <summary>A reduced value repeated along the axes that had vanished.</summary>
    private protected Tensor Expand(Tensor reduced, Dims dims) => reduced.Builder.Apply(new Broadcast(dims, [.. Kept(dims)]), reduced);

    /// <summary>For each element of the result the places of the elements that it combines, in row-major order.</summary>
    private protected IEnumerable<int>[] Groups(Dims dims)
    {
        int[] strides = dims.Strides();
        int[] kept = Offsets(dims, strides, [.. Kept(dims)]);
        int[] gone = Offsets(dims, strides, [.. Axes]);
        return [.. kept.Select(k => gone.Select(g => k + g))];
    }

    private static int[] Offsets(Dims dims, int[] strides, int[] axes)
    {
        int[] offsets = [0];
        foreach (int axis in axes)
        {
            offsets = [.. offsets.SelectMany(o => Enumerable.Range(0, dims[axis].Size).Select(i => o + i * strides[axis]))];
        }

        return offsets;
    }
}
