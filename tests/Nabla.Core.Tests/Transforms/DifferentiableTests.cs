namespace Nabla.Core.Tests.Transforms;

/// <summary>Functions of tensors, evaluated and differentiated at values.</summary>
public sealed class DifferentiableTests
{
    private static readonly Differentiable Cost = Differentiable.Of((Tensor w, Tensor b) => 0.5 * (w * -2 + b - 2).Square());

    [Fact]
    public void The_lessons_cost_has_value_two_and_gradients_minus_four_and_two()
    {
        (NDArray value, System.Collections.Immutable.ImmutableArray<NDArray> gradients) = Cost.ValueAndGradients(2, 8);
        Assert.Equal(2, (double)value);
        Assert.Equal([-4.0, 2.0], gradients.Select(g => (double)g));
        Assert.Equal("2.0, [-4.0, 2.0]", Cost.ValueAndGradients(2, 8).ToString());
    }

    [Fact]
    public void Whole_numbers_count_as_doubles_and_take_the_type_beside_them()
    {
        Assert.Equal(DType.Float64, Cost.Value(2, 8).DType);
        Assert.Equal(DType.Float32, Cost.Value(2f, 8).DType);
    }

    [Fact]
    public void Parameters_are_named_as_in_the_lambda()
    {
        Graph graph = Cost.Trace(TensorType.Scalar(DType.Float64), TensorType.Scalar(DType.Float64));
        Assert.Equal(["w", "b"], graph.Inputs.Select(n => ((Leaf)n.Op).Label));
    }

    [Theory]
    [InlineData("w => w * w", 1, "w")]
    [InlineData("static w => w * w", 1, "w")]
    [InlineData("(a, b) => a", 2, "a,b")]
    [InlineData("(Tensor a, Tensor b) =>\n a", 2, "a,b")]
    [InlineData("Square", 1, "x")]
    [InlineData("Model.Forward", 2, "x0,x1")]
    [InlineData("(_, _) => 1", 2, "x0,x1")]
    [InlineData("(a, a) => 1", 2, "x0,x1")]
    public void Names_come_from_the_lambdas_text(string text, int count, string names) => Assert.Equal(names, string.Join(',', LambdaNames.Of(text, count)));

    [Fact]
    public void Gradients_have_the_dims_of_their_arguments()
    {
        Differentiable f = Differentiable.Of((Tensor x, Tensor w, Tensor b) => (x.MatMul(w) + b).Tanh().Sum());
        var gradients = f.Gradients(new double[,] { { 1, 2 } }, new double[,] { { 0.5, 1, 0 }, { -0.25, 0, 1 } }, new double[] { 0, 0, 0 });
        Assert.Equal(["float64[1,2]", "float64[2,3]", "float64[3]"], gradients.Select(g => g.Type.ToString()));
        // z = (0, 1, 2): dz = 1 - tanh(z)^2.
        Assert.Equal(1, gradients[2].AsSpan<double>()[0]);
        Assert.Equal(0.070650824853164467, gradients[2].AsSpan<double>()[2], 1e-15);
    }

    [Fact]
    public void The_Jacobian_has_a_row_for_each_result_and_a_column_for_each_argument()
    {
        Differentiable f = Differentiable.Of((Tensor x, Tensor s) => x * x * s);
        NDArray jacobian = f.Jacobian(new double[] { 1, 2, 3 }, 10);
        Assert.Equal(NDArray.From(new double[,] { { 20, 0, 0, 1 }, { 0, 40, 0, 4 }, { 0, 0, 60, 9 } }).ToString(), jacobian.ToString());
    }

    [Fact]
    public void The_Hessian_is_the_matrix_of_second_derivatives()
    {
        // f = w^2 b + b^3: [[2b, 2w], [2w, 6b]]
        Differentiable f = Differentiable.Of((Tensor w, Tensor b) => w * w * b + b.Pow(3));
        Assert.Equal([10, 6, 6, 30], f.Hessian(3, 5).AsSpan<double>().ToArray());
    }

    [Fact]
    public void The_Hessian_of_a_tensor_argument_runs_over_its_elements()
    {
        Differentiable f = Differentiable.Of((Tensor x) => (x.Sum() * x * x).Sum());
        // f = s Σ x²: H = 2(x_i + x_j) + 2 s δ_ij; at (1, 2) s = 3.
        Assert.Equal([10, 6, 6, 14], f.Hessian(new double[] { 1, 2 }).AsSpan<double>().ToArray());
    }

    [Fact]
    public void A_Hessian_vector_product_is_the_Hessian_times_the_direction()
    {
        Differentiable f = Differentiable.Of((Tensor w, Tensor b) => w * w * b + b.Pow(3));
        Assert.Equal([10.0 - 12, 6 - 60], f.HessianVectorProduct([3, 5], [1, -2]).Select(p => (double)p));
    }

    [Fact]
    public void A_vector_Jacobian_product_weights_the_rows()
    {
        Differentiable f = Differentiable.Of((Tensor x) => x * x);
        var (value, gradients) = f.VectorJacobianProduct([new double[] { 1, 2 }], new double[] { 10, 100 });
        Assert.Equal([1.0, 4], value.AsSpan<double>().ToArray());
        Assert.Equal([20.0, 400], gradients[0].AsSpan<double>().ToArray());
    }

    [Fact]
    public void Labels_stay_whole_numbers_and_have_no_gradient()
    {
        Differentiable loss = Differentiable.Of((Tensor z, Tensor y) => Nn.SparseCategoricalCrossentropyFromLogits(y, z).Mean());
        var (value, gradients) = loss.ValueAndGradients(new double[,] { { 0, 0 } }, new int[] { 1 });
        Assert.Equal(Math.Log(2), (double)value, 1e-15);
        Assert.Equal([0.5, -0.5], Assert.Single(gradients).AsSpan<double>().ToArray());
    }

    [Fact]
    public void Functions_of_many_tensors_take_a_list()
    {
        Differentiable f = Differentiable.OfMany(x => x.Aggregate((a, b) => a * b));
        Assert.Equal([24.0, 12, 8, 6, 24], f.Gradients(1, 2, 3, 4, 1).Select(g => (double)g));
    }

    [Fact]
    public void A_function_is_traced_once_for_each_combination_of_types()
    {
        int traces = 0;
        Differentiable f = Differentiable.Of((Tensor x) =>
        {
            traces++;
            return x * x;
        });
        f.Value(1);
        f.Value(2);
        f.Value(new double[] { 1, 2 });
        f.Value(3);
        Assert.Equal(2, traces);
    }

    [Fact]
    public void Four_threads_at_once_get_their_own_results()
    {
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            var (value, gradients) = Cost.ValueAndGradients(i, 8);
            Assert.Equal(0.5 * ((i * -2) + 6) * ((i * -2) + 6), (double)value);
            Assert.Equal(-2.0 * ((i * -2) + 6), (double)gradients[0]);
        });
    }

    [Fact]
    public void Over_rationals_the_derivative_of_one_over_w_is_minus_a_quarter_exactly()
    {
        var results = Differentiable.Of((Tensor w) => 1 / w).Evaluate(
            RationalNumbers.Instance, Derivative.Gradients, Value<Rational>.OfFloats(TensorType.Scalar(DType.Float64), [2]));
        Assert.Equal([new Rational(1, 2), new Rational(-1, 4)], results.Select(r => r.Floats[0]));
    }

    [Fact]
    public void A_wrong_number_of_arguments_is_named() =>
        Assert.Equal("Differentiable: expected 2 arguments (w, b), received 1.", Assert.Throws<ArgumentException>(() => Cost.Value(1)).Message);

    [Fact]
    public void Gradients_of_a_tensor_result_are_refused_with_advice()
    {
        ShapeException error = Assert.Throws<ShapeException>(() => Cost.Gradients(new double[] { 1, 2 }, 3));
        Assert.Contains("expected a function with a floating scalar as result, received float64[2]", error.Message, StringComparison.Ordinal);
        Assert.Contains("Jacobian", error.Message, StringComparison.Ordinal);
    }
}
