namespace Nabla;

/// <summary>Taking parts of a symbolic handle by slices.</summary>
internal static class TensorParts
{
    /// <summary>The elements that slices select: positions drop their axis, negative steps go backward.</summary>
    public static Tensor Take(Tensor x, ReadOnlySpan<Slice> slices)
    {
        Dims dims = x.Dims;
        if (slices.Length > dims.Rank)
        {
            throw new ShapeException($"slice: expected at most {dims.Rank} indices for {x.Type}, received {slices.Length}.");
        }

        var taken = new (int Start, int Count, int Step)[dims.Rank];
        List<int> backward = [];
        List<int> dropped = [];
        for (int axis = 0; axis < dims.Rank; axis++)
        {
            Slice slice = axis < slices.Length ? slices[axis] : Range.All;
            (int start, int count, int step) = slice.On(dims, axis, "slice");
            if (step < 0)
            {
                backward.Add(axis);
                start = count == 0 ? start : start + (count - 1) * step;
            }

            if (slice.IsPosition)
            {
                dropped.Add(axis);
            }

            taken[axis] = (start, count, Math.Abs(step));
        }

        Tensor part = Take(x, taken);
        part = backward.Count == 0 ? part : part.Flip([.. backward]);
        return dropped.Count == 0 ? part : part.Reshape([.. part.Dims.Where((_, axis) => !dropped.Contains(axis))]);
    }

    /// <summary>Along each axis so many elements from a start on; the tensor itself where that is all of it.</summary>
    public static Tensor Take(Tensor x, ReadOnlySpan<(int Start, int Count, int Step)> taken)
    {
        // An axis taken whole keeps its name; a part of it is another axis.
        var target = new Dim[taken.Length];
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = taken[i].Count == x.Dims[i].Size ? x.Dims[i] : taken[i].Count;
        }

        var starts = new int[taken.Length];
        var steps = new int[taken.Length];
        for (int i = 0; i < target.Length; i++)
        {
            (starts[i], steps[i]) = (taken[i].Start, taken[i].Count <= 1 ? 1 : taken[i].Step);
        }

        Dims dims = Dims.Create(target);
        return dims == x.Dims ? x : x.Builder.Apply(new StridedSlice([.. starts], dims, [.. steps]), x);
    }
}
