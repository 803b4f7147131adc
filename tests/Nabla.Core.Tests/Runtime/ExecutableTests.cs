using System.Collections.Immutable;

namespace Nabla.Core.Tests;

/// <summary>Binding, running again, writing in place, refusing.</summary>
public class ExecutableTests
{
    private static readonly TensorType Matrix = new(DType.Float64, Dims.Of(5, 5));

    private static readonly TensorType Vector = new(DType.Float64, Dims.Of(5));

    public static TheoryData<string> Programs => ["shift", "swap", "read_later", "transposed", "product", "softmax", "rotate", "twice", "kept", "fed_by_itself"];

    // Each: outputs 0 and 1 overwrite inputs 0 and 1; whatever the order of the steps, all read the old values.
    private static Tensor[] Program(string name, Tensor a, Tensor b) => name switch
    {
        "shift" => [a + 1, b * 2, (a * b).Sum()],
        "swap" => [b, a],
        "read_later" => [a + b, b - 1, a.Sum(0), b.MatMul(a), a * 3],
        "transposed" => [a.Transpose(1, 0), b.Transpose(1, 0) + a],
        "product" => [a.MatMul(b), b.MatMul(a)],
        "softmax" => [(a - a.Max(1, keepDims: true)).Exp() / a.Exp().Sum(1, keepDims: true), b / b.Sum(), a.Sum(1)],
        "rotate" => [b.Flip(0), a.Flip(1), a + b],
        "twice" => [a, b, a, b * a],
        "kept" => [a.Exp(), a.Exp() + b, a.Exp().Sum(), b],
        _ => [a - a.Mean(0, keepDims: true), (b - a.Transpose(1, 0)) * b],
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void Outputs_overwrite_inputs_only_when_nobody_reads_them_any_more(string name)
    {
        Graph graph = PlanCheck.Trace(x => Program(name, x[0], x[1]), Matrix, Matrix);
        Execution execution = Executable.Compile(graph, new CompileOptions { InPlace = [(0, 0), (1, 1)] }).CreateExecution();
        NDArray[] values = [PlanCheck.Values(Matrix, 1), PlanCheck.Values(Matrix, 2)];
        TensorBuffer[] state = [TensorBuffer.Copy(values[0]), TensorBuffer.Copy(values[1])];
        for (int i = 0; i < 2; i++)
        {
            execution.BindInput(i, state[i]);
            execution.BindOutput(i, state[i]);
        }

        for (int run = 0; run < 3; run++)
        {
            NDArray[] before = [state[0].ToArray(), state[1].ToArray()];
            execution.Run();
            PlanCheck.Compare(graph, before, [.. Enumerable.Range(0, graph.Outputs.Length).Select(i => execution.Output(i).ToArray())]);
        }
    }

    [Fact]
    public void A_bound_buffer_is_read_anew_at_each_run()
    {
        Execution execution = Executable.Compile(PlanCheck.Trace(x => [x[0] * 2], Vector)).CreateExecution();
        TensorBuffer buffer = TensorBuffer.Zeros(Vector);
        execution.BindInput(0, buffer);
        execution.Run();
        Assert.Equal(0, execution.Output(0).ToArray().AsSpan<double>()[4]);
        buffer.Write(new double[] { 1, 2, 3, 4, 5 });
        execution.Run();
        Assert.Equal(10, execution.Output(0).ToArray().AsSpan<double>()[4]);
    }

    [Fact]
    public void An_unbound_input_is_named()
    {
        Execution execution = Executable.Compile(PlanCheck.Trace(x => [x[0] * x[1]], Vector, Vector)).CreateExecution();
        execution.BindInput(0, TensorBuffer.Zeros(Vector));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(execution.Run);
        Assert.Contains("input 2 ('x1', float64[5])", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Buffers_of_another_type_are_refused()
    {
        Execution execution = Executable.Compile(PlanCheck.Trace(x => [x[0] * 2], Vector)).CreateExecution();
        Assert.Contains("expected float64[5] for input 1", Assert.Throws<ShapeException>(() => execution.BindInput(0, TensorBuffer.Zeros(Matrix))).Message, StringComparison.Ordinal);
        Assert.Contains("float64[5] for output 'y0'", Assert.Throws<ShapeException>(() => execution.BindOutput(0, TensorBuffer.Zeros(Matrix))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 0, "outputs 0 to 0 and inputs 0 to 1")]
    [InlineData(0, 2, "outputs 0 to 0 and inputs 0 to 1")]
    [InlineData(0, 1, "float64[5,5]")]
    public void A_pair_in_place_that_does_not_fit_is_refused(int output, int input, string part)
    {
        Graph graph = PlanCheck.Trace(x => [x[0] + x[1].Sum(0)], Vector, Matrix);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Executable.Compile(graph, new CompileOptions { InPlace = [(output, input)] }));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_may_run_one_executable_at_the_same_time()
    {
        Executable executable = Executable.Compile(PlanCheck.Trace(x => [(x[0].MatMul(x[0]) + 1).Tanh().Sum(1)], Matrix));
        NDArray expected = executable.Run(PlanCheck.Values(Matrix, 7))[0];
        Parallel.For(0, 64, i => Assert.Equal(expected.AsSpan<double>().ToArray(), executable.Run(PlanCheck.Values(Matrix, 7))[0].AsSpan<double>().ToArray()));
    }

    [Fact]
    public void A_long_chain_compiles_and_runs_on_a_small_stack()
    {
        const int Length = 10_000;
        NDArray? result = null;

        // 256 kB are 26 bytes an op, less than any call needs: nothing here may recurse along the chain.
        Thread thread = new(
            () =>
            {
                Graph graph = PlanCheck.Trace(
                    x =>
                    {
                        Tensor y = x[0];
                        for (int i = 0; i < Length; i++)
                        {
                            y = i % 2 == 0 ? y + 1 : y * 0.5;
                        }

                        return [y];
                    },
                    Vector);
                result = Executable.Compile(graph).Run(PlanCheck.Values(Vector, 3))[0];
            },
            maxStackSize: 256 << 10);
        thread.Start();
        thread.Join();

        // y becomes (y + 1) / 2 every two ops: after many of them it is 1 whatever it was.
        Assert.All(result!.AsSpan<double>().ToArray(), y => Assert.Equal(1, y));
    }
}
