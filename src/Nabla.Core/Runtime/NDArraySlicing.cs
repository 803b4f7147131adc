using System.Diagnostics;

namespace Nabla;

/// <summary>Taking parts of arrays and giving them other dims.</summary>
/// <example><code>
/// NDArray row = NDArray.Arange(6).Reshape(2, -1)[1];   // 3, 4, 5
/// </code></example>
public static class NDArraySlicing
{
    extension(NDArray array)
    {
        /// <summary>The same elements in row-major order under other dims, sharing memory.</summary>
        /// <param name="sizes">The new sizes; one of them may be -1 and is worked out from the rest.</param>
        /// <exception cref="ShapeException">The sizes do not hold as many elements.</exception>
        public NDArray Reshape(params ReadOnlySpan<int> sizes)
        {
            long known = 1;
            int open = -1;
            for (int i = 0; i < sizes.Length; i++)
            {
                if (sizes[i] >= 0)
                {
                    known = Math.Min(known * sizes[i], int.MaxValue);
                }
                else if (sizes[i] == -1 && open < 0)
                {
                    open = i;
                }
                else
                {
                    throw Misfit(array, sizes, "expected sizes of 0 or more and at most one -1");
                }
            }

            int[] resolved = sizes.ToArray();
            if (open >= 0)
            {
                if (known == 0 || array.Count % known != 0)
                {
                    throw Misfit(array, sizes, $"expected {array.Count} elements to divide into the other sizes, whose product is {known}");
                }

                resolved[open] = (int)(array.Count / known);
            }
            else if (known != array.Count)
            {
                throw Misfit(array, sizes, $"expected sizes whose product is {array.Count}");
            }

            return array.WithDims(Dims.Of(resolved));
        }
    }

    private static ShapeException Misfit(NDArray array, ReadOnlySpan<int> sizes, string expected) =>
        new($"NDArray.Reshape: {expected}, received [{string.Join(",", sizes.ToArray())}] for an array of {array.Type}.");

    /// <summary>The elements that the slices select; shares memory where they lie together.</summary>
    internal static NDArray Take(NDArray array, ReadOnlySpan<Slice> slices)
    {
        Dims dims = array.Dims;
        if (slices.Length > dims.Rank)
        {
            throw new ShapeException($"NDArray: expected at most {dims.Rank} indices for an array of {array.Type}, received {slices.Length}.");
        }

        int[] strides = dims.Strides();
        var kept = new List<Dim>(dims.Rank);
        var walk = new List<(int Count, int Stride)>(dims.Rank);
        int first = 0;
        for (int axis = 0; axis < dims.Rank; axis++)
        {
            Slice slice = axis < slices.Length ? slices[axis] : Range.All;
            (int start, int count, int step) = slice.On(dims, axis);
            first += start * strides[axis];
            walk.Add((count, step * strides[axis]));
            if (!slice.IsPosition)
            {
                kept.Add(dims[axis] with { Size = count });
            }
        }

        Dims result = [.. kept];
        if (result.Count == 0)
        {
            return NDArray.Zeros(array.DType, result);
        }

        // From the innermost axis outward, elements lie together as long as each axis steps over exactly what lies within it.
        int run = 1;
        int outer = walk.Count;
        while (outer > 0 && (walk[outer - 1].Count == 1 || walk[outer - 1].Stride == run))
        {
            run *= walk[--outer].Count;
        }

        return outer == 0 ? array.View(first, result) : Gather(array, first, walk.GetRange(0, outer), run, result);
    }

    // Copies runs of elements; an odometer over the outer axes keeps the source position.
    private static NDArray Gather(NDArray array, int first, List<(int Count, int Stride)> outer, int run, Dims result)
    {
        NDArray copy = NDArray.Zeros(array.DType, result);
        int size = array.DType.Size;
        int runs = result.Count / run;
        var position = new int[outer.Count];
        int source = first;
        for (int r = 0; r < runs; r++)
        {
            CopyRun(array, (long)source * size, copy, (long)r * run * size, (long)run * size);
            for (int axis = outer.Count - 1; axis >= 0; axis--)
            {
                source += outer[axis].Stride;
                if (++position[axis] < outer[axis].Count)
                {
                    break;
                }

                source -= outer[axis].Count * outer[axis].Stride;
                position[axis] = 0;
            }
        }

        return copy;
    }

    private static void CopyRun(NDArray from, long fromByte, NDArray to, long toByte, long bytes)
    {
        Debug.Assert(from.DType == to.DType, "Runs are copied between arrays of one type.");
        while (bytes > 0)
        {
            int part = (int)Math.Min(bytes, 1 << 30);
            from.ByteRun(fromByte, part).CopyTo(to.ByteRun(toByte, part));
            (fromByte, toByte, bytes) = (fromByte + part, toByte + part, bytes - part);
        }
    }
}
