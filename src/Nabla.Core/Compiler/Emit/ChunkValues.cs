namespace Nabla.Compiler.Emit;

/// <summary>Binds the expressions of a vector loop to loops over chunks: each function's result lies in a row of scratch memory, which is used again once it was read.</summary>
internal sealed unsafe class ChunkValues(VectorLoop plan, BoundIntegers values, ChunkMath math)
{
    private readonly Dictionary<string, int> _names = [];
    private readonly Dictionary<LoopExpr, int> _broadcasts = [];
    private readonly Stack<int> _free = [];

    /// <summary>Rows of scratch memory that the loop needs.</summary>
    public int Rows { get; private set; }

    /// <summary>What is done once before the loop: rows of values that do not vary.</summary>
    public List<ChunkStep> Once { get; } = [];

    public void BindName(LoopExpr.Variable name, LoopExpr value, List<ChunkStep> steps)
    {
        // A row of its own: memory that a name was loaded from may be stored to before the name is read.
        int row = Rows++;
        BindInto(value, Row(row), steps, always: true);
        _names[name.Name] = row;
    }

    public void BindStore(LoopStatement.Store x, List<ChunkStep> steps)
    {
        ChunkAddress target = Memory(x.Buffer, x.Place, x.Value.DType);
        if (x.Value.DType != DType.Boolean)
        {
            BindInto(x.Value, target, steps, always: true);
            return;
        }

        (ChunkAddress value, int temporary) = BindValue(x.Value, steps, always: true);
        steps.Add((frame, at) => math.StoreTruth(value(frame, at), target(frame, at), at->Count));
        Release(temporary);
    }

    public void BindAccumulate(LoopStatement.Accumulate x, int sum, List<ChunkStep> steps)
    {
        (ChunkAddress value, int temporary) = BindValue(x.Value, steps, always: true);
        int place = sum * plan.Copies * math.VectorBytes;
        int copies = plan.Copies;
        steps.Add((frame, at) => math.Accumulate(x.Combine, at->Sums + place, copies, value(frame, at), at->Count));
        Release(temporary);
    }

    // Where the value lies; computed by the steps added, into a row that is to be released after it was read unless that is -1.
    private (ChunkAddress Address, int Temporary) BindValue(LoopExpr e, List<ChunkStep> steps, bool always)
    {
        switch (e)
        {
            case LoopExpr.Variable x when _names.TryGetValue(x.Name, out int named):
                return (Row(named), -1);
            case LoopExpr.Load x when x.DType != DType.Boolean && plan.Varies(e):
                return (Memory(x.Buffer, x.Place, x.DType), -1);
            case var _ when !plan.Varies(e) && (always || !LoopWalk.IsGuarded(e)):
                if (!_broadcasts.TryGetValue(e, out int row))
                {
                    row = Rows++;
                    _broadcasts[e] = row;
                    Once.Add(Fill(e, Row(row)));
                }

                return (Row(row), -1);
            default:
                int temporary = _free.Count > 0 ? _free.Pop() : Rows++;
                BindInto(e, Row(temporary), steps, always);
                return (Row(temporary), temporary);
        }
    }

    private void BindInto(LoopExpr e, ChunkAddress target, List<ChunkStep> steps, bool always)
    {
        if (!plan.Varies(e))
        {
            if (always)
            {
                Copy(e, target, steps);
            }
            else
            {
                steps.Add(Fill(e, target));
            }

            return;
        }

        switch (e)
        {
            case LoopExpr.Load { DType: DType.Boolean } x:
                ChunkAddress bytes = Memory(x.Buffer, x.Place, DType.Boolean);
                steps.Add((frame, at) => math.LoadTruth(bytes(frame, at), target(frame, at), at->Count));
                break;
            case LoopExpr.Variable or LoopExpr.Load:
                Copy(e, target, steps);
                break;
            case LoopExpr.Unary x:
                Apply(math.Unary(x.Function), x.Operand, target, steps, always);
                break;
            case LoopExpr.Convert { Operand: LoopExpr.Load { DType: DType.UInt8 or DType.Int32 } load }:
                ChunkAddress whole = Memory(load.Buffer, load.Place, load.DType);
                bool isByte = load.DType == DType.UInt8;
                steps.Add((frame, at) => math.LoadWhole(isByte, whole(frame, at), target(frame, at), at->Count));
                break;
            case LoopExpr.Convert x when x.Operand.DType == x.DType:
                BindInto(x.Operand, target, steps, always);
                break;
            case LoopExpr.Convert x:
                Apply(x.DType == DType.Boolean ? math.ToTruth : math.ToNumber, x.Operand, target, steps, always);
                break;
            case LoopExpr.Binary x:
                ApplyBinary(x, target, steps, always);
                break;
            case LoopExpr.Select x when plan.Varies(x.Condition):
                Blend(x, target, steps, always);
                break;
            case LoopExpr.Select x:
                Choose(x, target, steps);
                break;
            case LoopExpr.Uniform x:
                BoundValue<long> seed = values.Whole(x.Seed);
                BoundValue<long> stream = values.Whole(x.Stream);
                BoundValue<long> offset = values.Whole(plan.Offset(x.Element));
                steps.Add((frame, at) => math.Uniform(seed(frame), stream(frame), offset(frame) + at->Index, target(frame, at), at->Count));
                break;
            default:
                throw new NotSupportedException($"Kernel: no prebuilt loop for {e.GetType().Name}.");
        }
    }

    private void Copy(LoopExpr e, ChunkAddress target, List<ChunkStep> steps)
    {
        (ChunkAddress source, int temporary) = BindValue(e, steps, always: true);
        int size = plan.Lanes.Size;
        steps.Add((frame, at) => Buffer.MemoryCopy(source(frame, at), target(frame, at), (long)at->Count * size, (long)at->Count * size));
        Release(temporary);
    }

    private void Apply(ChunkUnary loop, LoopExpr operand, ChunkAddress target, List<ChunkStep> steps, bool always)
    {
        (ChunkAddress x, int temporary) = BindValue(operand, steps, always);
        steps.Add((frame, at) => loop(x(frame, at), target(frame, at), at->Count));
        Release(temporary);
    }

    private void ApplyBinary(LoopExpr.Binary x, ChunkAddress target, List<ChunkStep> steps, bool always)
    {
        ChunkBinary loop = math.Binary(x.Function, x.Left.DType == DType.Boolean);
        (ChunkAddress a, int first) = BindValue(x.Left, steps, always);
        (ChunkAddress b, int second) = BindValue(x.Right, steps, always);
        steps.Add((frame, at) => loop(a(frame, at), b(frame, at), target(frame, at), at->Count));
        Release(first);
        Release(second);
    }

    private void Blend(LoopExpr.Select x, ChunkAddress target, List<ChunkStep> steps, bool always)
    {
        (ChunkAddress condition, int first) = BindValue(x.Condition, steps, always);
        (ChunkAddress a, int second) = BindValue(x.WhenTrue, steps, always);
        (ChunkAddress b, int third) = BindValue(x.WhenFalse, steps, always);
        steps.Add((frame, at) => math.Select(condition(frame, at), a(frame, at), b(frame, at), target(frame, at), at->Count));
        Release(first);
        Release(second);
        Release(third);
    }

    // One side for the whole chunk: only that side is evaluated, which may be the only one that is inside its buffer.
    private void Choose(LoopExpr.Select x, ChunkAddress target, List<ChunkStep> steps)
    {
        BoundValue<bool> condition = values.Truth(x.Condition);
        List<ChunkStep> whenTrue = [];
        List<ChunkStep> whenFalse = [];
        BindInto(x.WhenTrue, target, whenTrue, always: false);
        BindInto(x.WhenFalse, target, whenFalse, always: false);
        steps.Add((frame, at) =>
        {
            foreach (ChunkStep step in condition(frame) ? whenTrue : whenFalse)
            {
                step(frame, at);
            }
        });
    }

    private ChunkStep Fill(LoopExpr e, ChunkAddress target)
    {
        switch (e.DType)
        {
            case DType.Boolean:
                BoundValue<bool> truth = values.Truth(e);
                return (frame, at) => math.FillTruth(truth(frame), target(frame, at), at->Count);
            case DType.Float32:
                BoundValue<float> single = values.Singles.Value(e);
                return (frame, at) =>
                {
                    float value = single(frame);
                    math.Fill((byte*)&value, target(frame, at), at->Count);
                };
            default:
                BoundValue<double> wide = values.Doubles.Value(e);
                return (frame, at) =>
                {
                    double value = wide(frame);
                    math.Fill((byte*)&value, target(frame, at), at->Count);
                };
        }
    }

    private static ChunkAddress Row(int row) => (_, at) => at->Rows + ((long)row * at->RowBytes);

    private ChunkAddress Memory(int buffer, LoopExpr place, DType dtype)
    {
        BoundValue<long> offset = values.Whole(plan.Offset(place));
        int size = dtype.Size;
        return (frame, at) => (byte*)frame->Buffers[buffer] + ((offset(frame) + at->Index) * size);
    }

    private void Release(int temporary)
    {
        if (temporary >= 0)
        {
            _free.Push(temporary);
        }
    }
}
