namespace Nabla.Core.Tests;

/// <summary>What shares a loop, and the reasons that are given where something does not.</summary>
public class FuseTests
{
    private static TensorType F32(params int[] sizes) => new(DType.Float32, Dims.Of(sizes));

    private static Executable Compile(Func<Tensor[], Tensor[]> program, params TensorType[] inputs) => PlanCheck.Agrees(PlanCheck.Trace(program, inputs));

    [Fact]
    public void A_layer_norm_is_one_step()
    {
        Executable plan = Compile(
            x =>
            {
                Tensor d = x[0] - x[0].Mean(1, keepDims: true);
                return [d / (d.Square().Mean(1, keepDims: true) + 1e-3).Sqrt() * x[1] + x[2]];
            },
            F32(6, 40), F32(40), F32(40));
        Assert.Single(plan.Plan.Steps);
    }

    [Fact]
    public void The_losses_of_rows_join_the_loop_that_sums_the_rows()
    {
        Executable plan = Compile(x => [(x[0].Exp().Sum(1).Log() * 2).Tanh()], F32(6, 40));
        Assert.Single(plan.Plan.Steps);
        Assert.Equal(0, plan.Plan.ArenaBytes);
    }

    [Fact]
    public void Values_of_one_size_with_shared_inputs_are_stored_by_one_loop()
    {
        Executable plan = Compile(x => [x[0].Exp() + x[1], x[0].Exp() * x[1], x[0].Exp()], F32(7, 9), F32(7, 9));
        Assert.Single(plan.Plan.Steps);
        Assert.Single(plan.ToCSharp().Split('\n'), line => line.Contains("PlanMath.Exp(", StringComparison.Ordinal));
    }

    [Fact]
    public void An_exponential_that_two_passes_need_is_kept_in_memory_and_said_so()
    {
        Executable plan = Compile(x => [Nn.Softmax(x[0])], F32(6, 40));
        Assert.Single(plan.ToCSharp().Split('\n'), line => line.Contains("PlanMath.Exp(", StringComparison.Ordinal));
        Assert.Contains("exp : float32[6,40] is kept in memory between two passes over a row", plan.Explain(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_that_two_passes_need_is_computed_again()
    {
        Executable plan = Compile(
            x =>
            {
                Tensor d = x[0] - x[0].Max(1, keepDims: true);
                return [d * d.Square().Sum(1, keepDims: true)];
            },
            F32(6, 40));
        Assert.Single(plan.Plan.Steps);
        Assert.Equal(0, plan.Plan.ArenaBytes);
    }

    [Fact]
    public void Work_is_not_repeated_under_a_broadcast()
    {
        Executable plan = Compile(x => [x[0] + x[1].Exp()], F32(50, 40), F32(40));
        Assert.Equal(2, plan.Plan.Steps.Length);
        Assert.Contains("it would be computed 2000 times for 40 elements", plan.Explain(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_too_long_for_the_first_level_cache_are_not_joined() =>
        Assert.True(Compile(x => [x[0] / x[0].Sum(1, keepDims: true)], F32(2, 40_000)).Plan.Steps.Length > 1);

    [Fact]
    public void A_transposed_or_repeated_operand_of_a_product_is_not_copied()
    {
        Executable plan = Compile(x => [x[0].T.MatMul(x[1]), x[2].MatMul(x[0])], F32(5, 6), F32(5, 7), F32(3, 4, 5));
        Assert.Equal(2, plan.Plan.Steps.Length);
    }

    [Fact]
    public void A_slice_of_a_product_s_operand_is_read_where_it_lies() =>
        Assert.Single(Compile(x => [x[0].Slice([1, 2], [4, 6]).MatMul(x[1])], F32(5, 8), F32(4, 7)).Plan.Steps);

    [Fact]
    public void Pads_of_pads_keep_their_indices_short()
    {
        Executable plan = Compile(
            x =>
            {
                Tensor y = x[0];
                for (int i = 0; i < 12; i++)
                {
                    y = y.Pad([1, 0], [0, 1], 0.5) * 0.5;
                }

                return [y];
            },
            F32(3, 3));
        Assert.InRange(plan.ToCSharp().Length, 0, 100_000);
    }

    [Fact]
    public void A_scalar_with_many_readers_is_computed_once()
    {
        Executable plan = Compile(
            x =>
            {
                Tensor rate = x[0].Exp() / (1 + x[0]);
                return [x[1] * rate, x[2] * rate, x[3] * rate];
            },
            F32(), F32(10), F32(20), F32(30));
        Assert.Equal(4, plan.Plan.Steps.Length);
    }
}
