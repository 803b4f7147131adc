namespace Nabla;

/// <summary>Moving the elements of a symbolic handle: other dims, other order, parts, several in one.</summary>
/// <example><code>
/// Tensor column = input.Reshape([input.Dims.Count, 1]);
/// Tensor both = Tensor.Stack([input, input.Flip(0)], axis: 0);
/// </code></example>
public static class TensorMovement
{
    extension(Tensor x)
    {
        /// <summary>Repeated to dims, aligned at the last axis; the tensor itself where it has them already.</summary>
        public Tensor BroadcastTo(Dims dims)
        {
            if (x.Dims.SameSizes(dims))
            {
                return x;
            }

            int missing = dims.Rank - x.Dims.Rank;
            return x.Builder.Apply(new Broadcast(dims, [.. Enumerable.Range(0, x.Dims.Rank).Select(i => i + missing)]), x);
        }

        /// <summary>The same elements in row-major order under other dims; the tensor itself where it has them already.</summary>
        public Tensor Reshape(Dims dims) => x.Dims == dims ? x : x.Builder.Apply(new Reshape(dims), x);

        /// <summary>With a new axis of size 1 before <paramref name="axis"/>; -1 adds it at the end.</summary>
        public Tensor ExpandDims(int axis)
        {
            int at = axis < 0 ? axis + x.Dims.Rank + 1 : axis;
            return at >= 0 && at <= x.Dims.Rank
                ? x.Reshape(x.Dims.Insert(at, 1))
                : throw new ShapeException($"expand_dims: expected an axis from {-x.Dims.Rank - 1} to {x.Dims.Rank} for {x.Type}, received {axis}.");
        }

        /// <summary>Without an axis of size 1.</summary>
        public Tensor Squeeze(int axis)
        {
            int at = x.Dims.Axis(axis, "squeeze");
            return x.Dims[at].Size == 1
                ? x.Reshape(x.Dims.Without(at))
                : throw new ShapeException($"squeeze: expected an axis of size 1, received axis {axis} of {x.Type}. Take one element of it instead: x[.., 0].");
        }

        /// <summary>The axes in reversed order: the transposed matrix.</summary>
        public Tensor T => x.Transpose();

        /// <summary>The axes in another order: axis i of the result is axis <paramref name="permutation"/>[i]. Without arguments in reversed order.</summary>
        public Tensor Transpose(params ReadOnlySpan<int> permutation)
        {
            var order = new int[permutation.IsEmpty ? x.Dims.Rank : permutation.Length];
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = permutation.IsEmpty ? order.Length - 1 - i : x.Dims.Axis(permutation[i], "transpose");
            }

            return order.SequenceEqual(Enumerable.Range(0, x.Dims.Rank)) ? x : x.Builder.Apply(new Transpose([.. order]), x);
        }

        /// <summary>With two axes exchanged.</summary>
        public Tensor SwapAxes(int first, int second)
        {
            int[] order = [.. Enumerable.Range(0, x.Dims.Rank)];
            (int a, int b) = (x.Dims.Axis(first, "swap_axes"), x.Dims.Axis(second, "swap_axes"));
            (order[a], order[b]) = (b, a);
            return x.Transpose(order);
        }

        /// <summary>Along each axis the elements from a start up to, not including, a stop, with a step of 1 or more; without steps every one.</summary>
        public Tensor Slice(ReadOnlySpan<int> starts, ReadOnlySpan<int> stops, ReadOnlySpan<int> steps = default)
        {
            int rank = x.Dims.Rank;
            if (starts.Length != rank || stops.Length != rank || (steps.Length != rank && !steps.IsEmpty))
            {
                throw new ShapeException($"slice: expected a start and a stop for each of {rank} axes of {x.Type}, received {starts.Length} and {stops.Length}.");
            }

            var taken = new (int Start, int Count, int Step)[rank];
            for (int i = 0; i < rank; i++)
            {
                int step = steps.IsEmpty ? 1 : steps[i];
                if (starts[i] < 0 || stops[i] < starts[i] || stops[i] > x.Dims[i].Size || step < 1)
                {
                    throw new ShapeException($"slice: expected a range within 0..{x.Dims[i].Size} and a step of 1 or more on axis {i} of {x.Type}, received {starts[i]}..{stops[i]} with step {step}.");
                }

                taken[i] = (starts[i], (stops[i] - starts[i] + step - 1) / step, step);
            }

            return TensorParts.Take(x, taken);
        }

        /// <summary>With a number before and after the elements along each axis.</summary>
        public Tensor Pad(ReadOnlySpan<int> low, ReadOnlySpan<int> high, Rational? value = null) =>
            x.Builder.Apply(new Pad([.. low], [.. high], Axes.Repeat(0, x.Dims.Rank), value ?? 0), x);

        /// <summary>With the order along some axes reversed; without arguments along all.</summary>
        public Tensor Flip(params ReadOnlySpan<int> axes)
        {
            SortedSet<int> sorted = [];
            foreach (int axis in axes)
            {
                sorted.Add(x.Dims.Axis(axis, "reverse"));
            }

            Axes reversed = axes.IsEmpty ? Axes.Range(x.Dims.Rank) : [.. sorted];
            return reversed.Count == 0 ? x : x.Builder.Apply(new Reverse(reversed), x);
        }

        /// <summary>Cut along an axis into parts of equal size.</summary>
        public Tensor[] Split(int parts, int axis = 0)
        {
            int at = x.Dims.Axis(axis, "split");
            int size = x.Dims[at].Size;
            if (parts < 1 || size % parts != 0)
            {
                throw new ShapeException($"split: expected a number of parts that divides {size}, the size of axis {axis} of {x.Type}, received {parts}.");
            }

            var whole = x.Dims.Select(d => (Start: 0, Count: d.Size, Step: 1)).ToArray();
            return [.. Enumerable.Range(0, parts).Select(k =>
            {
                whole[at] = (k * (size / parts), size / parts, 1);
                return TensorParts.Take(x, whole);
            })];
        }
    }

    extension(Tensor)
    {
        /// <summary>Several tensors, one after the other along an axis.</summary>
        public static Tensor Concat(IReadOnlyList<Tensor> tensors, int axis = 0)
        {
            Tensor first = First(tensors, "concat");
            return tensors.Count == 1 ? first : first.Builder.Apply(new Concat(first.Dims.Axis(axis, "concat")), [.. tensors]);
        }

        /// <summary>Several tensors of one type side by side along a new axis.</summary>
        public static Tensor Stack(IReadOnlyList<Tensor> tensors, int axis = 0)
        {
            int rank = First(tensors, "stack").Dims.Rank;
            return Tensor.Concat([.. tensors.Select(t => t.ExpandDims(axis))], axis < 0 ? axis + rank + 1 : axis);
        }
    }

    private static Tensor First(IReadOnlyList<Tensor> tensors, string who) =>
        tensors.Count > 0 ? tensors[0] : throw new ShapeException($"{who}: expected at least one tensor, received none.");
}
