namespace Nabla.Compiler.Emit;

/// <summary>Binds statements: each becomes a delegate over the frame.</summary>
internal sealed unsafe class BoundStatements(BoundScope scope)
{
    private readonly BoundIntegers _values = new(scope);

    public BoundStatement Bind(LoopStatement s) => s switch
    {
        LoopStatement.Block => Sequence([.. LoopWalk.Flat(s).Select(Bind)]),
        LoopStatement.Let x => Assign(x.Name, x.Value),
        LoopStatement.Declare x => Assign(x.Name, x.Initial),
        LoopStatement.Assign x => Assign(x.Name, x.Value),
        LoopStatement.Accumulate x => Assign(x.Name, new LoopExpr.Binary(x.Combine, x.Name, x.Value, x.Name.DType)),
        LoopStatement.Store x => Store(x),
        LoopStatement.If x => If(_values.Truth(x.Condition), Bind(x.Then)),
        LoopStatement.While x => While(_values.Truth(x.Condition), Bind(x.Body)),
        LoopStatement.For x => VectorLoop.TryCreate(x) is { } plan ? ChunkLoop.Bind(plan, scope, _values, this) : For(x),
        _ => throw new NotSupportedException($"Kernel: no prebuilt code for {s.GetType().Name}."),
    };

    private static BoundStatement Sequence(BoundStatement[] statements) => statements switch
    {
        [var only] => only,
        [var first, var second] => frame =>
        {
            first(frame);
            second(frame);
        }
        ,
        _ => frame =>
        {
            foreach (BoundStatement s in statements)
            {
                s(frame);
            }
        }
        ,
    };

    private static BoundStatement If(BoundValue<bool> condition, BoundStatement then) => frame =>
    {
        if (condition(frame))
        {
            then(frame);
        }
    };

    private static BoundStatement While(BoundValue<bool> condition, BoundStatement body) => frame =>
    {
        while (condition(frame))
        {
            body(frame);
        }
    };

    private BoundStatement For(LoopStatement.For x)
    {
        BoundValue<long> begin = _values.Whole(x.Begin);
        BoundValue<long> end = _values.Whole(x.End);
        int index = scope[x.Index];
        BoundStatement body = Bind(x.Body);
        return frame =>
        {
            long to = end(frame);
            for (long i = begin(frame); i < to; i++)
            {
                frame->Slots[index] = i;
                body(frame);
            }
        };
    }

    private BoundStatement Assign(LoopExpr.Variable name, LoopExpr value)
    {
        int slot = scope[name];
        return name.DType switch
        {
            DType.Boolean => Put(slot, _values.Truth(value)),
            DType.Float32 => Put(slot, _values.Singles.Value(value)),
            DType.Float64 => Put(slot, _values.Doubles.Value(value)),
            _ => Put(slot, _values.Whole(value)),
        };
    }

    private static BoundStatement Put<T>(int slot, BoundValue<T> value)
        where T : unmanaged => frame => *(T*)(frame->Slots + slot) = value(frame);

    private BoundStatement Store(LoopStatement.Store x)
    {
        BoundValue<long> place = _values.Whole(x.Place);
        return x.Value.DType switch
        {
            DType.Boolean => Write(x.Buffer, place, _values.Truth(x.Value)),
            DType.Float32 => Write(x.Buffer, place, _values.Singles.Value(x.Value)),
            DType.Float64 => Write(x.Buffer, place, _values.Doubles.Value(x.Value)),
            DType.Int64 => Write(x.Buffer, place, _values.Whole(x.Value)),
            DType.Int32 when _values.Whole(x.Value) is var value => frame => ((int*)frame->Buffers[x.Buffer])[place(frame)] = (int)value(frame),
            DType.UInt8 when _values.Whole(x.Value) is var value => frame => ((byte*)frame->Buffers[x.Buffer])[place(frame)] = (byte)value(frame),
            _ => throw new NotSupportedException($"Kernels store bool, uint8, int32, int64, float32 and float64; received {x.Value.DType.Name}."),
        };
    }

    private static BoundStatement Write<T>(int buffer, BoundValue<long> place, BoundValue<T> value)
        where T : unmanaged => frame => ((T*)frame->Buffers[buffer])[place(frame)] = value(frame);
}
