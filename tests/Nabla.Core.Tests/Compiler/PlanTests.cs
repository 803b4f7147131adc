namespace Nabla.Core.Tests;

/// <summary>The compiled plan gives what the interpreter gives, whatever is fused.</summary>
public class PlanTests
{
    private static TensorType F32(params int[] sizes) => new(DType.Float32, Dims.Of(sizes));

    private static TensorType F64(params int[] sizes) => new(DType.Float64, Dims.Of(sizes));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    public void A_chain_of_elementwise_ops_is_one_step(int size)
    {
        Executable plan = PlanCheck.Agrees(PlanCheck.Trace(x => [((x[0] * x[1] + 3) / x[1]).Exp().Tanh() - x[0]], F32(size), F32(size)));
        Assert.InRange(plan.Plan.Steps.Length, 0, 1);
    }

    [Fact]
    public void A_scalar_program_runs() => PlanCheck.Agrees(PlanCheck.Trace(x => [x[0] * x[0] + 1, x[0].Exp()], F64()));

    [Fact]
    public void A_bias_is_added_in_two_loops_inside_one_step()
    {
        Executable plan = PlanCheck.Agrees(PlanCheck.Trace(x => [(x[0] + x[1]).Sigmoid()], F32(5, 19), F32(19)));
        Assert.Single(plan.Plan.Steps);
    }

    [Fact]
    public void A_softmax_over_rows_is_one_step()
    {
        Executable plan = PlanCheck.Agrees(PlanCheck.Trace(
            x =>
            {
                Tensor e = (x[0] - x[0].Max(1, keepDims: true)).Exp();
                return [e / e.Sum(1, keepDims: true)];
            },
            F32(6, 21)));
        Assert.Single(plan.Plan.Steps);
    }

    [Fact]
    public void The_loss_from_logits_and_its_gradient_agree()
    {
        Graph graph = PlanCheck.Trace(
            x =>
            {
                Tensor m = x[0].Max(1, keepDims: true);
                Tensor logSum = (x[0] - m).Exp().Sum(1, keepDims: true).Log() + m;
                Tensor loss = ((logSum - x[0]) * x[1]).Sum(1).Mean();
                return [loss, .. Differentiate.Gradients(loss, x[0])];
            },
            F64(7, 11),
            F64(7, 11));
        PlanCheck.Agrees(graph);
    }

    [Theory]
    [InlineData(new[] { 6, 5 }, new[] { 0 })]
    [InlineData(new[] { 6, 5 }, new[] { 1 })]
    [InlineData(new[] { 6, 5 }, new[] { 0, 1 })]
    [InlineData(new[] { 3, 4, 5 }, new[] { 1 })]
    [InlineData(new[] { 3, 4, 5 }, new[] { 0, 2 })]
    [InlineData(new[] { 3, 4, 5 }, new[] { 0, 1 })]
    [InlineData(new[] { 3, 4, 5 }, new[] { 1, 2 })]
    [InlineData(new[] { 2, 3, 2, 3, 2 }, new[] { 1, 3 })]
    [InlineData(new[] { 2, 3, 2, 3, 2 }, new[] { 0, 2, 4 })]
    [InlineData(new[] { 1, 1, 9 }, new[] { 0, 1 })]
    [InlineData(new[] { 4, 1, 3 }, new[] { 1 })]
    [InlineData(new[] { 0, 3 }, new[] { 0 })]
    [InlineData(new[] { 3, 0 }, new[] { 1 })]
    [InlineData(new[] { 2, 0, 3 }, new[] { 0, 1 })]
    [InlineData(new[] { 300, 17 }, new[] { 0 })]
    [InlineData(new[] { 2, 1, 2, 1, 2, 1, 2, 1 }, new[] { 0, 3, 4 })]
    public void Reductions_over_any_axes_agree(int[] sizes, int[] axes)
    {
        PlanCheck.Agrees(PlanCheck.Trace(x => [(x[0] * 2).Sum(axes), x[0].Exp().Mean(axes) + 1], F32(sizes)));
        if (sizes.All(s => s > 0))
        {
            PlanCheck.Agrees(PlanCheck.Trace(x => [(x[0] - x[0].Max(axes, keepDims: true)).Exp(), x[0].Min(axes)], F64(sizes)));
            PlanCheck.Agrees(PlanCheck.Trace(x => [x[0].Sum(axes), x[0].Max(axes), x[0].Min(axes)], new TensorType(DType.Int32, Dims.Of(sizes))));
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Matrix_products_agree_however_the_operands_lie(bool transposeLeft, bool transposeRight)
    {
        TensorType left = transposeLeft ? F32(9, 5) : F32(5, 9);
        TensorType right = transposeRight ? F32(20, 9) : F32(9, 20);
        PlanCheck.Agrees(PlanCheck.Trace(x => [(x[0].MatMul(x[1], transposeLeft, transposeRight) + 1).Log()], left, right));
    }

    [Fact]
    public void Batched_products_of_broadcast_operands_agree() =>
        PlanCheck.Agrees(PlanCheck.Trace(x => [x[0].MatMul(x[1])], F64(2, 3, 4, 5), F64(3, 5, 2)));

    [Fact]
    public void A_network_s_step_agrees()
    {
        Graph graph = Network();
        PlanCheck.Agrees(graph);
    }

    [Fact]
    public void Adam_updates_are_one_loop_over_each_parameter()
    {
        Graph graph = PlanCheck.Trace(
            x =>
            {
                Tensor gradient = x[0].MatMul(x[0], transposeLeft: true);
                Tensor m = 0.9 * x[2] + 0.1 * gradient;
                Tensor v = 0.999 * x[3] + 0.001 * (gradient * gradient);
                return [x[1] - x[4] * (m / (v.Sqrt() + 1e-7)), m, v];
            },
            F32(4, 6), F32(6, 6), F32(6, 6), F32(6, 6), F32());
        Executable plan = PlanCheck.Agrees(graph, new CompileOptions { InPlace = [(0, 1), (1, 2), (2, 3)] });
        Assert.Equal(2, plan.Plan.Steps.Length);
    }

    [Fact]
    public void Outputs_that_are_inputs_constants_or_views_are_copied() => PlanCheck.Agrees(PlanCheck.Trace(
        x => [x[0], x[0].Reshape([6]), x[0] * 2, (x[0] * 2).Reshape([3, 2]), x[0].Builder.Constant(3, DType.Float32), x[0].Builder.Literal(new float[] { 1, 2 })],
        F32(2, 3)));

    [Fact]
    public void Reshapes_between_elementwise_ops_agree() =>
        PlanCheck.Agrees(PlanCheck.Trace(x => [(x[0].Exp().Reshape([12]) * 2).Reshape([2, 6]) + x[1]], F32(3, 4), F32(6)));

    [Fact]
    public void Whole_numbers_truth_values_and_casts_agree() => PlanCheck.Agrees(PlanCheck.Trace(
        x => [x[0] + x[1], x[0].LessThan(x[1]), x[2].Cast(DType.Float32) / 255, Tensor.Select(x[0].EqualTo(x[1]), x[0], x[1]), x[0].Cast(DType.Float64)],
        new TensorType(DType.Int32, Dims.Of(3, 5)), new TensorType(DType.Int32, Dims.Of(3, 5)), new TensorType(DType.UInt8, Dims.Of(9))));

    private static Graph Network() => PlanCheck.Trace(
        x =>
        {
            Tensor h = (x[0].MatMul(x[1]) + x[2]).Tanh();
            Tensor y = h.MatMul(x[3]) + x[4];
            Tensor loss = ((y - x[5]) * (y - x[5])).Mean();
            var gradients = Differentiate.Gradients(loss, x[1], x[2], x[3], x[4]);
            return [loss, x[1] - 0.1 * gradients[0], x[2] - 0.1 * gradients[1], x[3] - 0.1 * gradients[2], x[4] - 0.1 * gradients[3]];
        },
        F64(8, 5), F64(5, 7), F64(7), F64(7, 3), F64(3), F64(8, 3));
}
