using System.Collections.Immutable;
using Nabla.Compiler.Emit;

namespace Nabla;

/// <summary>One step of a plan, ready to run.</summary>
/// <param name="Kernel">The loops, for printing.</param>
/// <param name="Body">The code.</param>
/// <param name="Table">Where its pointers begin in the table of pointers.</param>
/// <param name="Extent">The size of its outermost index.</param>
/// <param name="Grain">The range may be cut at multiples of this; 0 where one thread must do all.</param>
/// <param name="Work">An estimate of its work, in additions.</param>
/// <param name="Summary">What it computes, for people.</param>
internal sealed record PlanStep(LoopKernel Kernel, KernelBody Body, int Table, long Extent, int Grain, long Work, string Summary)
{
    // Waking another thread costs up to a microsecond; this much work takes about five.
    private const long WorthSharing = 1 << 15;

    /// <summary>Whether several threads should run it.</summary>
    public bool IsShared => Grain > 0 && Work >= WorthSharing && Extent > Grain;

    /// <summary>From one shard's pointers to the next's; 0 where all use the same.</summary>
    public int TableStride { get; init; }

    /// <summary>The range of one of a number of shards: whole grains, as equal as they can be.</summary>
    public (long Begin, long End) Shard(int shard, int shards)
    {
        long grains = (Extent + Grain - 1) / Grain;
        return (Math.Min(Extent, grains * shard / shards * Grain), Math.Min(Extent, grains * (shard + 1) / shards * Grain));
    }
}

/// <summary>Where a pointer of the table comes from.</summary>
/// <param name="Kind">Whose memory.</param>
/// <param name="Place">Which input, output or literal; for the arena the offset in bytes.</param>
internal readonly record struct PointerSource(StorageKind Kind, long Place);

/// <summary>A graph made ready: steps in order, the memory they need, and where each pointer comes from. Immutable; shared by all executions.</summary>
/// <param name="Steps">In the order in which they run.</param>
/// <param name="Pointers">The table of pointers, all steps' one after the other.</param>
/// <param name="ArenaBytes">The size of the block for intermediate values.</param>
/// <param name="Literals">The constant arrays.</param>
/// <param name="Notes">Decisions of the passes, for people.</param>
internal sealed record Plan(
    ImmutableArray<PlanStep> Steps, ImmutableArray<PointerSource> Pointers, long ArenaBytes, ImmutableArray<TensorBuffer> Literals, ImmutableArray<string> Notes)
{
    /// <summary>Compiles: prepare, simplify by the rules that keep every bit, split long sums, fuse, schedule, plan memory, make code.</summary>
    public static Plan Make(Graph graph, CompileOptions options)
    {
        Graph prepared = SplitLongSums.Run(Simplify.Run(Prepare.Run(graph)));
        (ImmutableArray<FusedGroup> groups, ImmutableArray<string> notes) = Fuse.Run(prepared, options.InPlace.Select(p => p.Output));
        ScheduledPlan schedule = Schedule.Run(prepared, groups, notes, options);
        long arena = PlanMemory.Run(schedule.Steps);
        KernelCache cache = new(options.UsesDynamicCode);
        var steps = ImmutableArray.CreateBuilder<PlanStep>(schedule.Steps.Length);
        var pointers = ImmutableArray.CreateBuilder<PointerSource>();
        foreach (StepDraft draft in schedule.Steps)
        {
            long extent = draft.Product?.Extent ?? draft.Kernel.Extent;
            if (extent == 0)
            {
                continue;
            }

            unsafe
            {
                KernelBody body = draft.Product is { } product ? product.Run : cache.Get(draft.Kernel);
                steps.Add(new PlanStep(draft.Kernel, body, pointers.Count, extent, draft.Grain, draft.Work, draft.Summary)
                {
                    TableStride = draft.Product is null ? 0 : draft.Storages.Count,
                });
            }

            // A product's shards have scratch memory of their own: the last of its storages, cut in equal parts.
            for (int shard = 0; shard < (draft.Product is null ? 1 : options.Threads); shard++)
            {
                long part = (draft.Product?.ScratchBytes ?? 0) * shard;
                pointers.AddRange(draft.Storages.Select((s, i) => new PointerSource(s.Kind, i == draft.Storages.Count - 1 ? s.Place + part : s.Place)));
            }
        }

        return new Plan(steps.ToImmutable(), pointers.ToImmutable(), arena, [.. schedule.Literals.Select(TensorBuffer.Copy)], schedule.Notes);
    }
}

/// <summary>Code for kernels; kernels with the same loops share it (the layers of a deep network, the pieces of a long chain).</summary>
/// <param name="dynamicCode">Whether machine code is emitted.</param>
internal sealed class KernelCache(bool dynamicCode)
{
    private readonly Dictionary<string, KernelBody> _bodies = [];

    /// <summary>The code of a kernel.</summary>
    public KernelBody Get(LoopKernel kernel)
    {
        // The name is no part of what a kernel does.
        string key = CSharpPrinter.Print(kernel with { Name = "Kernel" });
        if (!_bodies.TryGetValue(key, out KernelBody? body))
        {
            _bodies.Add(key, body = KernelFactory.Create(kernel, dynamicCode));
        }

        return body;
    }
}
