using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>A vector loop as a list of prebuilt loops over chunks of it that stay in the first-level cache.</summary>
internal sealed unsafe class ChunkLoop
{
    // Chunks are whole numbers of four of the widest vectors, so that sums take turns as they do over the loop as a whole.
    private const int Grain = 64;
    private const int LongestChunk = 512;
    private const int ScratchWanted = 32 << 10;

    private readonly VectorLoop _plan;
    private readonly BoundIntegers _values;
    private readonly ChunkMath _math;
    private readonly ChunkValues _chunks;
    private readonly List<LoopStatement.Accumulate> _sums = [];

    private ChunkLoop(VectorLoop plan, SimdWidth simd, BoundIntegers values)
    {
        _plan = plan;
        _values = values;
        _math = ChunkMath.Of(simd, plan.Lanes);
        _chunks = new ChunkValues(plan, values, _math);
    }

    public static BoundStatement Bind(VectorLoop plan, BoundScope scope, BoundIntegers values, BoundStatements statements) =>
        new ChunkLoop(plan, scope.Simd, values).Bind(scope, statements);

    private BoundStatement Bind(BoundScope scope, BoundStatements statements)
    {
        BoundValue<long> begin = _values.Whole(_plan.Loop.Begin);
        BoundValue<long> end = _values.Whole(_plan.Loop.End);
        BoundStatement[] before = [.. _plan.Before.Select(statements.Bind)];
        List<ChunkStep> steps = [];
        foreach (LoopStatement s in _plan.Body)
        {
            BindStep(s, steps);
        }

        ChunkStep[] once = [.. _chunks.Once];
        ChunkStep[] body = [.. steps];
        (BinaryFunction Combine, int Slot)[] sums = [.. _sums.Select(s => (s.Combine, scope[s.Name]))];
        int rows = Math.Max(1, _chunks.Rows);
        int size = _plan.Lanes.Size;
        int chunk = Math.Clamp(ScratchWanted / (rows * size) / Grain * Grain, Grain, LongestChunk);
        int rowBytes = chunk * size;
        int copies = _plan.Copies;
        int sumBytes = copies * _math.VectorBytes;
        scope.ScratchBytes = Math.Max(scope.ScratchBytes, (rows * rowBytes) + (sums.Length * sumBytes));
        return frame =>
        {
            long to = end(frame);
            ChunkPlace at = new() { Index = begin(frame), RowBytes = rowBytes, Rows = frame->Scratch, Sums = frame->Scratch + (rows * rowBytes) };
            if (at.Index >= to)
            {
                return;
            }

            foreach (BoundStatement s in before)
            {
                s(frame);
            }

            at.Count = (int)Math.Min(chunk, to - at.Index);
            foreach (ChunkStep step in once)
            {
                step(frame, &at);
            }

            for (int i = 0; i < sums.Length; i++)
            {
                _math.Start(sums[i].Combine, at.Sums + (i * sumBytes), copies);
            }

            for (; at.Index < to; at.Index += chunk)
            {
                at.Count = (int)Math.Min(chunk, to - at.Index);
                foreach (ChunkStep step in body)
                {
                    step(frame, &at);
                }
            }

            for (int i = 0; i < sums.Length; i++)
            {
                _math.Finish(sums[i].Combine, at.Sums + (i * sumBytes), copies, frame->Slots + sums[i].Slot);
            }
        };
    }

    private void BindStep(LoopStatement s, List<ChunkStep> steps)
    {
        switch (s)
        {
            case LoopStatement.Let x:
                _chunks.BindName(x.Name, x.Value, steps);
                break;
            case LoopStatement.Store x:
                _chunks.BindStore(x, steps);
                break;
            case LoopStatement.Accumulate x:
                int sum = _sums.FindIndex(s => s.Name.Name == x.Name.Name);
                if (sum < 0)
                {
                    sum = _sums.Count;
                    _sums.Add(x);
                }

                _chunks.BindAccumulate(x, sum, steps);
                break;
        }
    }
}
