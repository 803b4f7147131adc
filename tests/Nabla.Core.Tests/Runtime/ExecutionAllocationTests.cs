namespace Nabla.Core.Tests;

/// <summary>Alone in the process while they run: they count what all threads allocate.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>Running a plan allocates nothing.</summary>
[Collection(nameof(AloneCollection))]
public class ExecutionAllocationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_step_allocates_nothing_in_the_whole_process(int threads)
    {
        TensorType weights = new(DType.Float32, Dims.Of(150, 100));
        Graph graph = PlanCheck.Trace(
            x =>
            {
                Tensor h = (x[0].MatMul(x[1]) + x[2]).Tanh();
                return [x[1] - 0.01 * Differentiate.Gradients(h.Square().Mean(), x[1])[0], h];
            },
            new TensorType(DType.Float32, Dims.Of(64, 150)), weights, new TensorType(DType.Float32, Dims.Of(100)));
        Execution execution = Executable.Compile(graph, new CompileOptions { InPlace = [(0, 1)], Threads = threads }).CreateExecution();
        for (int i = 0; i < 3; i++)
        {
            execution.BindInput(i, TensorBuffer.Copy(PlanCheck.Values(graph.Inputs[i].TensorType, i)));
        }

        TensorBuffer state = TensorBuffer.Copy(PlanCheck.Values(weights, 9));
        execution.BindInput(1, state);
        execution.BindOutput(0, state);
        Run(execution, 20); // the threads start, and the loop below is compiled
        // The test runner's own timers allocate now and then: what the plan allocates would show in every window.
        Assert.Equal(0, Enumerable.Range(0, 10).Min(_ =>
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Run(execution, 10);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }));
    }

    private static void Run(Execution execution, int times)
    {
        for (int i = 0; i < times; i++)
        {
            execution.Run();
        }
    }
}
