namespace Nabla;

/// <summary>Functions of each element of a symbolic handle.</summary>
/// <example><code>
/// Tensor swish = input * input.Sigmoid();
/// </code></example>
public static class TensorElementwise
{
    extension(Tensor x)
    {
        /// <summary>e to the power x.</summary>
        public Tensor Exp() => x.Builder.Apply(new Exp(), x);

        /// <summary>The natural logarithm.</summary>
        public Tensor Log() => x.Builder.Apply(new Log(), x);

        /// <summary>log(1 + x), accurate near 0.</summary>
        public Tensor Log1p() => x.Builder.Apply(new Log1p(), x);

        /// <summary>e to the power x, less 1, accurate near 0.</summary>
        public Tensor Expm1() => x.Builder.Apply(new Expm1(), x);

        /// <summary>The square root.</summary>
        public Tensor Sqrt() => x.Builder.Apply(new Sqrt(), x);

        /// <summary>The hyperbolic tangent.</summary>
        public Tensor Tanh() => x.Builder.Apply(new Tanh(), x);

        /// <summary>1 / (1 + exp(-x)).</summary>
        public Tensor Sigmoid() => x.Builder.Apply(new Sigmoid(), x);

        /// <summary>log(1 + exp(x)), without overflow.</summary>
        public Tensor Softplus() => x.Builder.Apply(new Softplus(), x);

        /// <summary>The sine of radians.</summary>
        public Tensor Sin() => x.Builder.Apply(new Sin(), x);

        /// <summary>The cosine of radians.</summary>
        public Tensor Cos() => x.Builder.Apply(new Cos(), x);

        /// <summary>The error function.</summary>
        public Tensor Erf() => x.Builder.Apply(new Erf(), x);

        /// <summary>The absolute value; its derivative at 0 is 0.</summary>
        public Tensor Abs() => x.Builder.Apply(new Abs(), x);

        /// <summary>-1, 0 or 1.</summary>
        public Tensor Sign() => x.Builder.Apply(new Sign(), x);

        /// <summary>The largest whole number not above.</summary>
        public Tensor Floor() => x.Builder.Apply(new Floor(), x);

        /// <summary>The nearest whole number, ties to even.</summary>
        public Tensor Round() => x.Builder.Apply(new Round(), x);

        /// <summary>x·x: one node with two edges from x.</summary>
        public Tensor Square() => x * x;

        /// <summary>Held between two bounds; the derivative is 1 on the closed interval.</summary>
        public Tensor Clip(Rational low, Rational high) => x.Builder.Apply(new Clip(low, high), x);

        /// <summary>To a constant power.</summary>
        public Tensor Pow(Rational exponent) => x.Pow(x.Like(exponent));

        /// <summary>To a power, element by element.</summary>
        public Tensor Pow(Tensor exponent) => Broadcasting.Apply(new Power(), x, exponent);

        /// <summary>The larger of two; a tie splits the derivative in half.</summary>
        public Tensor Maximum(Tensor other) => Broadcasting.Apply(new Maximum(), x, other);

        /// <summary>The larger of an element and a number.</summary>
        public Tensor Maximum(Rational other) => x.Maximum(x.Like(other));

        /// <summary>The smaller of two; a tie splits the derivative in half.</summary>
        public Tensor Minimum(Tensor other) => Broadcasting.Apply(new Minimum(), x, other);

        /// <summary>The smaller of an element and a number.</summary>
        public Tensor Minimum(Rational other) => x.Minimum(x.Like(other));

        /// <summary>Whether elements are equal.</summary>
        public Tensor EqualTo(Tensor other) => Broadcasting.Apply(new Equal(), x, other);

        /// <summary>Whether elements are below others.</summary>
        public Tensor LessThan(Tensor other) => Broadcasting.Apply(new Less(), x, other);

        /// <summary>Whether elements are at most others.</summary>
        public Tensor AtMost(Tensor other) => Broadcasting.Apply(new LessOrEqual(), x, other);

        /// <summary>Whether elements are above others.</summary>
        public Tensor GreaterThan(Tensor other) => other.LessThan(x);

        /// <summary>Whether elements are at least others.</summary>
        public Tensor AtLeast(Tensor other) => other.AtMost(x);

        /// <summary>Whether elements are equal to a number.</summary>
        public Tensor EqualTo(Rational other) => x.EqualTo(x.Like(other));

        /// <summary>Whether elements are below a number.</summary>
        public Tensor LessThan(Rational other) => x.LessThan(x.Like(other));

        /// <summary>Whether elements are above a number.</summary>
        public Tensor GreaterThan(Rational other) => x.GreaterThan(x.Like(other));

        /// <summary>Whether elements are at most a number.</summary>
        public Tensor AtMost(Rational other) => x.AtMost(x.Like(other));

        /// <summary>Whether elements are at least a number.</summary>
        public Tensor AtLeast(Rational other) => x.AtLeast(x.Like(other));

        /// <summary>Whether both hold.</summary>
        public Tensor And(Tensor other) => Broadcasting.Apply(new And(), x, other);

        /// <summary>Whether at least one holds.</summary>
        public Tensor Or(Tensor other) => Broadcasting.Apply(new Or(), x, other);

        /// <summary>Whether it does not hold.</summary>
        public Tensor Not() => x.Builder.Apply(new Not(), x);

        /// <summary>Whether elements are neither NaN nor infinite.</summary>
        public Tensor IsFinite() => x.Builder.Apply(new IsFinite(), x);

        /// <summary>The same values in another element type.</summary>
        public Tensor Cast(DType dtype) => dtype == x.DType ? x : x.Builder.Apply(new Cast(dtype), x);

        /// <summary>The same values, taken as constant by the derivative.</summary>
        public Tensor StopGradient() => x.Builder.Apply(new StopGradient(), x);
    }

    extension(Tensor)
    {
        /// <summary>a where the condition holds, b elsewhere; the value not chosen gets no derivative.</summary>
        public static Tensor Select(Tensor condition, Tensor whenTrue, Tensor whenFalse)
        {
            Dims dims = Broadcasting.Common("select", condition.Dims, Broadcasting.Common("select", whenTrue.Dims, whenFalse.Dims));
            return condition.Builder.Apply(new Select(), condition.BroadcastTo(dims), whenTrue.BroadcastTo(dims), whenFalse.BroadcastTo(dims));
        }
    }
}
