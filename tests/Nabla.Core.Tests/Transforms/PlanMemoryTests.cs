using System.Collections.Immutable;

namespace Nabla.Core.Tests;

/// <summary>Values that are needed at the same time never share memory.</summary>
public class PlanMemoryTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_two_values_that_live_at_once_overlap(int seed)
    {
        ScheduledPlan plan = Plan(RandomGraph.Make(2000 + seed, DType.Float32, 60));
        long arena = PlanMemory.Run(plan.Steps);
        ImmutableArray<Storage> values = [.. plan.Steps.SelectMany(s => s.Storages).Where(s => s.Kind == StorageKind.Arena).Distinct()];
        foreach (Storage a in values)
        {
            Assert.Equal(0, a.Place % 64);
            Assert.InRange(a.Place + a.Bytes, 0, arena);
            foreach (Storage b in values)
            {
                bool together = a != b && a.Begin <= b.End && b.Begin <= a.End;
                bool overlap = a.Place < b.Place + b.Bytes && b.Place < a.Place + a.Bytes;
                if (together && overlap)
                {
                    // Only a value that is overwritten element by element by the step that reads it last.
                    (Storage dying, Storage made) = a.End == b.Begin ? (a, b) : (b, a);
                    Assert.True(dying.End == made.Begin && dying.Place == made.Place && plan.Steps[made.Begin].CanOverlay(dying, made));
                }
            }
        }
    }

    [Fact]
    public void A_long_chain_of_steps_needs_two_buffers()
    {
        // Sums over rows alternate with products, so that no two steps are one.
        Graph graph = PlanCheck.Trace(
            x =>
            {
                Tensor y = x[0];
                for (int i = 0; i < 20; i++)
                {
                    y = y.MatMul(x[0]);
                }

                return [y];
            },
            new TensorType(DType.Float32, Dims.Of(16, 16)));
        ScheduledPlan plan = Plan(graph);
        Assert.Equal((2 * 16 * 16 * 4) + Scratch(plan), PlanMemory.Run(plan.Steps));
    }

    [Fact]
    public void Scratch_memory_does_not_overwrite_what_its_step_still_reads()
    {
        // The whole-number scratch of a sort is as large as the float64 line that dies in it.
        Graph graph = PlanCheck.Trace(x => [(x[0] * 2).ArgSort(1)], new TensorType(DType.Float64, Dims.Of(1, 4)));

        NDArray order = Executable.Compile(graph).Run(new double[,] { { 0.9, 1.5, 0.3, -1 } })[0];

        Assert.Equal([3, 2, 0, 1], order.ToArray<int>());
    }

    [Fact]
    public void An_elementwise_step_overwrites_what_dies_in_it()
    {
        Graph graph = PlanCheck.Trace(
            x => [(x[0].MatMul(x[0]) * 2).Tanh().MatMul(x[0])],
            new TensorType(DType.Float32, Dims.Of(16, 16)));
        ScheduledPlan plan = Plan(graph);
        Assert.Equal((16 * 16 * 4) + Scratch(plan), PlanMemory.Run(plan.Steps));
    }

    // A product's packed panels lie there only while it runs.
    private static long Scratch(ScheduledPlan plan) => plan.Steps.Max(s => s.Product?.ScratchBytes ?? 0);

    private static ScheduledPlan Plan(Graph graph)
    {
        Graph prepared = Prepare.Run(graph);
        (ImmutableArray<FusedGroup> groups, ImmutableArray<string> notes) = Fuse.Run(prepared, []);
        return Schedule.Run(prepared, groups, notes, new CompileOptions());
    }
}
