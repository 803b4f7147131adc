namespace Nabla;

/// <summary>Arithmetic on symbolic handles. Operands of different dims are broadcast by explicit nodes; a literal takes the tensor's element type.</summary>
/// <example><code>
/// Tensor scaled = 2 * input - 1;
/// </code></example>
public static class TensorOperators
{
    extension(Tensor)
    {
        /// <summary>The sum, element by element.</summary>
        public static Tensor operator +(Tensor a, Tensor b) => Broadcasting.Apply(new Add(), a, b);

        /// <summary>The sum with a number.</summary>
        public static Tensor operator +(Tensor a, Rational b) => a + a.Like(b);

        /// <summary>The sum with a number.</summary>
        public static Tensor operator +(Rational a, Tensor b) => b.Like(a) + b;

        /// <summary>The difference, element by element.</summary>
        public static Tensor operator -(Tensor a, Tensor b) => Broadcasting.Apply(new Subtract(), a, b);

        /// <summary>The difference with a number.</summary>
        public static Tensor operator -(Tensor a, Rational b) => a - a.Like(b);

        /// <summary>The difference from a number.</summary>
        public static Tensor operator -(Rational a, Tensor b) => b.Like(a) - b;

        /// <summary>The product, element by element. The matrix product is <c>MatMul</c>.</summary>
        public static Tensor operator *(Tensor a, Tensor b) => Broadcasting.Apply(new Multiply(), a, b);

        /// <summary>The product with a number.</summary>
        public static Tensor operator *(Tensor a, Rational b) => a * a.Like(b);

        /// <summary>The product with a number.</summary>
        public static Tensor operator *(Rational a, Tensor b) => b.Like(a) * b;

        /// <summary>The quotient, element by element.</summary>
        public static Tensor operator /(Tensor a, Tensor b) => Broadcasting.Apply(new Divide(), a, b);

        /// <summary>The quotient by a number.</summary>
        public static Tensor operator /(Tensor a, Rational b) => a / a.Like(b);

        /// <summary>The quotient of a number.</summary>
        public static Tensor operator /(Rational a, Tensor b) => b.Like(a) / b;

        /// <summary>The negative.</summary>
        public static Tensor operator -(Tensor x) => x.Builder.Apply(new Negate(), x);
    }
}
