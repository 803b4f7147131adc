namespace Nabla;

/// <summary>NumPy's rule made explicit: dims are aligned at the last axis, and sizes of 1 or missing axes are repeated by a node.</summary>
internal static class Broadcasting
{
    /// <summary>Applies an elementwise op after bringing both operands to common dims.</summary>
    public static Tensor Apply(Op op, Tensor a, Tensor b)
    {
        Dims dims = Common(op.Name, a.Dims, b.Dims);
        return a.Builder.Apply(op, a.BroadcastTo(dims), b.BroadcastTo(dims));
    }

    /// <summary>The dims to which both can be broadcast.</summary>
    /// <exception cref="ShapeException">Two sizes differ and neither is 1.</exception>
    public static Dims Common(string who, Dims a, Dims b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        var dims = new Dim[rank];
        for (int i = 0; i < rank; i++)
        {
            Dim? left = i < rank - a.Rank ? null : a[i - (rank - a.Rank)];
            Dim? right = i < rank - b.Rank ? null : b[i - (rank - b.Rank)];
            dims[i] = (left, right) switch
            {
                (null, { } only) => only,
                ({ } only, null) => only,
                ({ } l, { } r) when l.Size == r.Size => l.Name is null ? r : l,
                ({ Size: 1, Name: null }, { } r) => r,
                ({ } l, { Size: 1, Name: null }) => l,
                ({ Size: 1 }, { } r) => r,
                ({ } l, { Size: 1 }) => l,
                _ => throw new ShapeException($"{who}: expected dims that agree or are 1, aligned at the last axis, received {a} and {b}. Reshape one of them."),
            };
        }

        return Dims.Create(dims);
    }
}
