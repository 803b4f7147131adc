namespace Nabla;

/// <summary>
/// Arithmetic and comparisons on arrays, with NumPy's broadcasting: <c>x * w + b</c>. The same ops as on symbolic handles, run at once.
/// A plain number takes the array's element type; the quotient of whole numbers is float64, never cut off.
/// </summary>
/// <example><code>
/// NDArray w = new[,] { { 1.0, 2 }, { 3, 4 } };
/// NDArray scaled = 2 * w - 1;   // [[1, 3], [5, 7]]
/// </code></example>
public static class NDArrayOperators
{
    extension(NDArray)
    {
        /// <summary>The sum, element by element.</summary>
        public static NDArray operator +(NDArray a, NDArray b) => Numbers(static (x, y) => x + y, a, b);

        /// <summary>The sum with a number.</summary>
        public static NDArray operator +(NDArray a, double b) => a + Promotion.Like(b, a);

        /// <summary>The sum with a number.</summary>
        public static NDArray operator +(double a, NDArray b) => Promotion.Like(a, b) + b;

        /// <summary>The difference, element by element.</summary>
        public static NDArray operator -(NDArray a, NDArray b) => Numbers(static (x, y) => x - y, a, b);

        /// <summary>The difference with a number.</summary>
        public static NDArray operator -(NDArray a, double b) => a - Promotion.Like(b, a);

        /// <summary>The difference with a number.</summary>
        public static NDArray operator -(double a, NDArray b) => Promotion.Like(a, b) - b;

        /// <summary>The product, element by element; <c>MatMul</c> and <c>Dot</c> are the matrix product.</summary>
        public static NDArray operator *(NDArray a, NDArray b) => Numbers(static (x, y) => x * y, a, b);

        /// <summary>The product with a number.</summary>
        public static NDArray operator *(NDArray a, double b) => a * Promotion.Like(b, a);

        /// <summary>The product with a number.</summary>
        public static NDArray operator *(double a, NDArray b) => Promotion.Like(a, b) * b;

        /// <summary>The quotient, element by element; float64 for whole numbers.</summary>
        public static NDArray operator /(NDArray a, NDArray b)
        {
            DType dtype = Promotion.Float(Promotion.Common(a.DType, b.DType));
            return Eager.Run(static (x, y) => x / y, a.AsType(dtype), b.AsType(dtype));
        }

        /// <summary>The quotient with a number.</summary>
        public static NDArray operator /(NDArray a, double b) => a / Promotion.Like(b, a);

        /// <summary>The quotient with a number.</summary>
        public static NDArray operator /(double a, NDArray b) => Promotion.Like(a, b) / b;

        /// <summary>The negative.</summary>
        public static NDArray operator -(NDArray x) => Eager.Run(static x => -x, x.AsType(Promotion.Number(x.DType)));

        /// <summary>Whether elements are below.</summary>
        public static NDArray operator <(NDArray a, NDArray b) => Numbers(static (x, y) => x.LessThan(y), a, b);

        /// <summary>Whether elements are above.</summary>
        public static NDArray operator >(NDArray a, NDArray b) => Numbers(static (x, y) => x.GreaterThan(y), a, b);

        /// <summary>Whether elements are at most.</summary>
        public static NDArray operator <=(NDArray a, NDArray b) => Numbers(static (x, y) => x.AtMost(y), a, b);

        /// <summary>Whether elements are at least.</summary>
        public static NDArray operator >=(NDArray a, NDArray b) => Numbers(static (x, y) => x.AtLeast(y), a, b);

        /// <summary>Whether elements are below a number.</summary>
        public static NDArray operator <(NDArray a, double b) => a < Promotion.Like(b, a);

        /// <summary>Whether elements are above a number.</summary>
        public static NDArray operator >(NDArray a, double b) => a > Promotion.Like(b, a);

        /// <summary>Whether elements are at most a number.</summary>
        public static NDArray operator <=(NDArray a, double b) => a <= Promotion.Like(b, a);

        /// <summary>Whether elements are at least a number.</summary>
        public static NDArray operator >=(NDArray a, double b) => a >= Promotion.Like(b, a);
    }

    extension(NDArray x)
    {
        /// <summary>Whether elements are equal, as truth values; NaN equals nothing. (<c>==</c> asks whether two arrays are one object.)</summary>
        public NDArray EqualTo(NDArray other) => Numbers(static (x, y) => x.EqualTo(y), x, other);

        /// <summary>Whether elements equal a number.</summary>
        public NDArray EqualTo(double other) => x.EqualTo(Promotion.Like(other, x));

        /// <summary>Whether both hold.</summary>
        public NDArray And(NDArray other) => Eager.Run(static (x, y) => x.And(y), x, other);

        /// <summary>Whether at least one holds.</summary>
        public NDArray Or(NDArray other) => Eager.Run(static (x, y) => x.Or(y), x, other);

        /// <summary>Whether it does not hold.</summary>
        public NDArray Not() => Eager.Run(static x => x.Not(), x);

        /// <summary>The larger of two, element by element.</summary>
        public NDArray Maximum(NDArray other) => Numbers(static (x, y) => x.Maximum(y), x, other);

        /// <summary>The larger of an element and a number.</summary>
        public NDArray Maximum(double other) => x.Maximum(Promotion.Like(other, x));

        /// <summary>The smaller of two, element by element.</summary>
        public NDArray Minimum(NDArray other) => Numbers(static (x, y) => x.Minimum(y), x, other);

        /// <summary>The smaller of an element and a number.</summary>
        public NDArray Minimum(double other) => x.Minimum(Promotion.Like(other, x));

        /// <summary>To a power, element by element; float64 for whole numbers.</summary>
        public NDArray Pow(NDArray exponent)
        {
            DType dtype = Promotion.Float(Promotion.Common(x.DType, exponent.DType));
            return Eager.Run(static (x, y) => x.Pow(y), x.AsType(dtype), exponent.AsType(dtype));
        }

        /// <summary>To a power; float64 for whole numbers.</summary>
        public NDArray Pow(double exponent) => x.Pow(Promotion.Like(exponent, x));
    }

    extension(NDArray)
    {
        /// <summary>a where the condition holds, b elsewhere.</summary>
        public static NDArray Select(NDArray condition, NDArray whenTrue, NDArray whenFalse)
        {
            (NDArray a, NDArray b) = Promotion.Meet(whenTrue, whenFalse);
            return Eager.RunAll(static t => Tensor.Select(t[0], t[1], t[2]), condition, a, b);
        }
    }

    private static NDArray Numbers(Func<Tensor, Tensor, Tensor> function, NDArray a, NDArray b)
    {
        (NDArray x, NDArray y) = Promotion.Meet(a, b);
        return Eager.Run(function, x, y);
    }
}
