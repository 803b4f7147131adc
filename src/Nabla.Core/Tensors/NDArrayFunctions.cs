namespace Nabla;

/// <summary>Functions of each element of an array, as on symbolic handles, run at once. Whole numbers become float64 where the function's values are not whole.</summary>
/// <example><code>
/// NDArray w = new[,] { { 1.0, 2 }, { 3, 4 } };
/// NDArray product = w.MatMul(w.T).Sqrt();
/// </code></example>
public static class NDArrayFunctions
{
    extension(NDArray x)
    {
        /// <summary>e to the power x.</summary>
        public NDArray Exp() => Float(static x => x.Exp(), x);

        /// <summary>The natural logarithm.</summary>
        public NDArray Log() => Float(static x => x.Log(), x);

        /// <summary>log(1 + x), accurate near 0.</summary>
        public NDArray Log1p() => Float(static x => x.Log1p(), x);

        /// <summary>e to the power x, less 1, accurate near 0.</summary>
        public NDArray Expm1() => Float(static x => x.Expm1(), x);

        /// <summary>The square root.</summary>
        public NDArray Sqrt() => Float(static x => x.Sqrt(), x);

        /// <summary>The square.</summary>
        public NDArray Square() => Number(static x => x * x, x);

        /// <summary>The hyperbolic tangent.</summary>
        public NDArray Tanh() => Float(static x => x.Tanh(), x);

        /// <summary>1 / (1 + exp(-x)).</summary>
        public NDArray Sigmoid() => Float(static x => x.Sigmoid(), x);

        /// <summary>log(1 + exp(x)), without overflow.</summary>
        public NDArray Softplus() => Float(static x => x.Softplus(), x);

        /// <summary>The sine of radians.</summary>
        public NDArray Sin() => Float(static x => x.Sin(), x);

        /// <summary>The cosine of radians.</summary>
        public NDArray Cos() => Float(static x => x.Cos(), x);

        /// <summary>The absolute value.</summary>
        public NDArray Abs() => Number(static x => x.Abs(), x);

        /// <summary>-1, 0 or 1.</summary>
        public NDArray Sign() => Number(static x => x.Sign(), x);

        /// <summary>The largest whole number not above.</summary>
        public NDArray Floor() => Float(static x => x.Floor(), x);

        /// <summary>The nearest whole number, ties to even.</summary>
        public NDArray Round() => Float(static x => x.Round(), x);

        /// <summary>The nearest value between two bounds.</summary>
        public NDArray Clip(double low, double high) => x.Maximum(low).Minimum(high);

        /// <summary>Whether elements are neither NaN nor infinite.</summary>
        public NDArray IsFinite() => Float(static x => x.IsFinite(), x);

        /// <summary>Class numbers as rows of a 1 at the class' place and zeros elsewhere: from [samples] to [samples, size]. Only zeros for a number outside 0 to size - 1.</summary>
        /// <param name="size">The number of classes.</param>
        /// <param name="dtype">What the ones and zeros are; float32 by default.</param>
        /// <exception cref="ShapeException">The elements are not whole numbers.</exception>
        public NDArray OneHot(int size, DType dtype = DType.Float32) => Eager.Run(x => x.OneHot(size, dtype), x.AsType(Movable(x.DType)));

        /// <summary>The axes in reverse order.</summary>
        public NDArray T => Eager.Run(static x => x.T, x.AsType(Movable(x.DType)));

        /// <summary>The axes in another order; reversed where none is given.</summary>
        public NDArray Transpose(params ReadOnlySpan<int> permutation)
        {
            int[] order = permutation.ToArray();
            return Eager.Run(x => x.Transpose(order), x.AsType(Movable(x.DType)));
        }

        /// <summary>The matrix product, batched over the axes before the last two; vectors count as a row or a column.</summary>
        public NDArray MatMul(NDArray other) => Product(static (x, y) => x.MatMul(y), x, other);

        /// <summary>NumPy's dot: the inner product of two vectors, else the matrix product; a scalar multiplies.</summary>
        public NDArray Dot(NDArray other) => Product(static (x, y) => x.Dot(y), x, other);
    }

    extension(NDArray)
    {
        /// <summary>Several arrays, one after the other along an axis.</summary>
        public static NDArray Concat(IReadOnlyList<NDArray> arrays, int axis = 0) => Join(t => Tensor.Concat(t, axis), arrays);

        /// <summary>Several arrays of one shape along a new axis.</summary>
        public static NDArray Stack(IReadOnlyList<NDArray> arrays, int axis = 0) => Join(t => Tensor.Stack(t, axis), arrays);
    }

    private static NDArray Float(Func<Tensor, Tensor> function, NDArray x) => Eager.Run(function, x.AsType(Promotion.Float(x.DType)));

    private static NDArray Number(Func<Tensor, Tensor> function, NDArray x) => Eager.Run(function, x.AsType(Promotion.Number(x.DType)));

    // Moving elements keeps their type where graphs have it.
    private static DType Movable(DType dtype) => dtype.IsGraphType ? dtype : Promotion.Number(dtype);

    // Products of whole numbers are made in float64, which holds them exactly up to 2^53, and given back whole.
    private static NDArray Product(Func<Tensor, Tensor, Tensor> function, NDArray a, NDArray b)
    {
        DType dtype = Promotion.Common(a.DType, b.DType);
        DType inner = Promotion.Float(dtype);
        return Eager.Run(function, a.AsType(inner), b.AsType(inner)).AsType(dtype);
    }

    private static NDArray Join(Func<Tensor[], Tensor> function, IReadOnlyList<NDArray> arrays)
    {
        if (arrays.Count == 0)
        {
            throw new ArgumentException("NDArray: expected at least one array to join, received none.", nameof(arrays));
        }

        DType dtype = arrays.Select(a => a.DType).Distinct().Count() == 1 ? Movable(arrays[0].DType) : arrays.Select(a => a.DType).Aggregate(Promotion.Common);
        return Eager.RunAll(function, [.. arrays.Select(a => a.AsType(dtype))]);
    }
}
