using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <inheritdoc cref="ChunkMath"/>
internal sealed unsafe class ChunkLoops<S, V, T> : ChunkMath
    where S : struct, ISimd<V, T>
    where V : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Compiled with all optimisations at the first call: a loop of unoptimised vector functions would take a hundred times as long, for as long as it
    // takes the runtime to notice.
    private const MethodImplOptions AtOnce = MethodImplOptions.AggressiveOptimization;

    public override int VectorBytes => sizeof(V);

    public override ChunkUnary Unary(UnaryFunction function) => function switch
    {
        UnaryFunction.Negate => Map<LaneFunctions<S, V, T>.Negate>,
        UnaryFunction.Exp => Map<LaneFunctions<S, V, T>.Exp>,
        UnaryFunction.Log => Map<LaneFunctions<S, V, T>.Log>,
        UnaryFunction.Log1p => Map<LaneFunctions<S, V, T>.Log1p>,
        UnaryFunction.Expm1 => Map<LaneFunctions<S, V, T>.Expm1>,
        UnaryFunction.Sqrt => Map<LaneFunctions<S, V, T>.Sqrt>,
        UnaryFunction.Tanh => Map<LaneFunctions<S, V, T>.Tanh>,
        UnaryFunction.Sigmoid => Map<LaneFunctions<S, V, T>.Sigmoid>,
        UnaryFunction.Softplus => Map<LaneFunctions<S, V, T>.Softplus>,
        UnaryFunction.Sin => Map<LaneFunctions<S, V, T>.Sin>,
        UnaryFunction.Cos => Map<LaneFunctions<S, V, T>.Cos>,
        UnaryFunction.Erf => Map<LaneFunctions<S, V, T>.Erf>,
        UnaryFunction.Abs => Map<LaneFunctions<S, V, T>.Abs>,
        UnaryFunction.Sign => Map<LaneFunctions<S, V, T>.Sign>,
        UnaryFunction.Floor => Map<LaneFunctions<S, V, T>.Floor>,
        UnaryFunction.Round => Map<LaneFunctions<S, V, T>.Round>,
        UnaryFunction.Not => Map<LaneFunctions<S, V, T>.Not>,
        UnaryFunction.IsFinite => Map<LaneFunctions<S, V, T>.IsFinite>,
        _ => throw new NotSupportedException($"Kernel: no prebuilt loop for {function}."),
    };

    public override ChunkBinary Binary(BinaryFunction function, bool overTruth) => function switch
    {
        BinaryFunction.Equal when overTruth => Map<LaneFunctions<S, V, T>.EqualTruth>,
        BinaryFunction.Add => Map<LaneFunctions<S, V, T>.Add>,
        BinaryFunction.Subtract => Map<LaneFunctions<S, V, T>.Subtract>,
        BinaryFunction.Multiply => Map<LaneFunctions<S, V, T>.Multiply>,
        BinaryFunction.Divide => Map<LaneFunctions<S, V, T>.Divide>,
        BinaryFunction.Power => Map<LaneFunctions<S, V, T>.Power>,
        BinaryFunction.Maximum => Map<LaneFunctions<S, V, T>.Maximum>,
        BinaryFunction.Minimum => Map<LaneFunctions<S, V, T>.Minimum>,
        BinaryFunction.Less => Map<LaneFunctions<S, V, T>.Less>,
        BinaryFunction.LessOrEqual => Map<LaneFunctions<S, V, T>.LessOrEqual>,
        BinaryFunction.Equal => Map<LaneFunctions<S, V, T>.Equal>,
        BinaryFunction.And => Map<LaneFunctions<S, V, T>.And>,
        BinaryFunction.Or => Map<LaneFunctions<S, V, T>.Or>,
        _ => throw new NotSupportedException($"Kernel: no prebuilt loop for {function}."),
    };

    public override ChunkUnary ToNumber => Map<LaneFunctions<S, V, T>.ToNumber>;

    public override ChunkUnary ToTruth => Map<LaneFunctions<S, V, T>.ToTruth>;

    [MethodImpl(AtOnce)]
    public override void Select(byte* condition, byte* whenTrue, byte* whenFalse, byte* result, int n)
    {
        var c = (T*)condition;
        var a = (T*)whenTrue;
        var b = (T*)whenFalse;
        var y = (T*)result;
        int i = 0;
        for (; i <= n - S.Width; i += S.Width)
        {
            S.Store(y + i, S.Select(S.Load(c + i), S.Load(a + i), S.Load(b + i)));
        }

        if (i < n)
        {
            int rest = n - i;
            S.StoreFirst(y + i, S.Select(S.LoadFirst(c + i, rest), S.LoadFirst(a + i, rest), S.LoadFirst(b + i, rest)), rest);
        }
    }

    [MethodImpl(AtOnce)]
    public override void LoadTruth(byte* bytes, byte* result, int n)
    {
        var y = (T*)result;
        int i = 0;
        for (; i <= n - S.Width; i += S.Width)
        {
            S.Store(y + i, LaneMemory<S, V, T>.LoadTruth(bytes + i));
        }

        if (i < n)
        {
            S.StoreFirst(y + i, LaneMemory<S, V, T>.LoadTruthFirst(bytes + i, n - i), n - i);
        }
    }

    [MethodImpl(AtOnce)]
    public override void LoadWhole(bool isByte, byte* source, byte* result, int n)
    {
        var y = (T*)result;
        int i = 0;
        for (; i <= n - S.Width; i += S.Width)
        {
            S.Store(y + i, isByte ? LaneMemory<S, V, T>.LoadUInt8(source + i) : LaneMemory<S, V, T>.LoadInt32((int*)source + i));
        }

        if (i < n)
        {
            V rest = isByte ? LaneMemory<S, V, T>.LoadUInt8First(source + i, n - i) : LaneMemory<S, V, T>.LoadInt32First((int*)source + i, n - i);
            S.StoreFirst(y + i, rest, n - i);
        }
    }

    [MethodImpl(AtOnce)]
    public override void StoreTruth(byte* x, byte* bytes, int n)
    {
        var values = (T*)x;
        int i = 0;
        for (; i <= n - S.Width; i += S.Width)
        {
            LaneMemory<S, V, T>.StoreTruth(bytes + i, S.Load(values + i));
        }

        if (i < n)
        {
            LaneMemory<S, V, T>.StoreTruthFirst(bytes + i, S.LoadFirst(values + i, n - i), n - i);
        }
    }

    public override void Fill(byte* number, byte* result, int n) => new Span<T>(result, n).Fill(*(T*)number);

    public override void FillTruth(bool value, byte* result, int n) => new Span<T>(result, n).Fill(Element.FromBits<T>(value ? ulong.MaxValue : 0));

    public override void Uniform(long seed, long stream, long element, byte* result, int n) => Lanes<S, V, T>.FillUniform(seed, stream, element, (T*)result, n);

    [MethodImpl(AtOnce)]
    public override void Start(BinaryFunction combine, byte* partial, int copies)
    {
        V neutral = combine switch
        {
            BinaryFunction.Maximum => S.Broadcast(T.NegativeInfinity),
            BinaryFunction.Minimum => S.Broadcast(T.PositiveInfinity),
            BinaryFunction.And => S.Not(S.Zero),
            _ => S.Zero,
        };
        for (int i = 0; i < copies; i++)
        {
            ((V*)partial)[i] = neutral;
        }
    }

    public override void Accumulate(BinaryFunction combine, byte* partial, int copies, byte* x, int n)
    {
        switch (combine)
        {
            case BinaryFunction.Add:
                Reduce<LaneFunctions<S, V, T>.Add>((V*)partial, copies, (T*)x, n);
                break;
            case BinaryFunction.Maximum:
                Reduce<LaneFunctions<S, V, T>.Maximum>((V*)partial, copies, (T*)x, n);
                break;
            case BinaryFunction.Minimum:
                Reduce<LaneFunctions<S, V, T>.Minimum>((V*)partial, copies, (T*)x, n);
                break;
            case BinaryFunction.And:
                Reduce<LaneFunctions<S, V, T>.And>((V*)partial, copies, (T*)x, n);
                break;
            default:
                Reduce<LaneFunctions<S, V, T>.Or>((V*)partial, copies, (T*)x, n);
                break;
        }
    }

    [MethodImpl(AtOnce)]
    public override void Finish(BinaryFunction combine, byte* partial, int copies, long* slot)
    {
        for (int half = copies / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                byte* one = partial + (i * sizeof(V));
                Binary(combine, overTruth: false)(one, one + (half * sizeof(V)), one, S.Width);
            }
        }

        V lanes = *(V*)partial;
        switch (combine)
        {
            case BinaryFunction.Add:
                *(T*)slot += Lanes<S, V, T>.FoldAdd(lanes);
                break;
            case BinaryFunction.Maximum:
                *(T*)slot = SimdScalar<T>.Max(*(T*)slot, Lanes<S, V, T>.FoldMaximum(lanes));
                break;
            case BinaryFunction.Minimum:
                *(T*)slot = SimdScalar<T>.Min(*(T*)slot, Lanes<S, V, T>.FoldMinimum(lanes));
                break;
            case BinaryFunction.And:
                *(bool*)slot &= Lanes<S, V, T>.FoldAnd(lanes);
                break;
            default:
                *(bool*)slot |= Lanes<S, V, T>.FoldOr(lanes);
                break;
        }
    }

    // The order of emitted code: all copies in turn, then the first alone, then the first lanes of the first.
    [MethodImpl(AtOnce)]
    private static void Reduce<F>(V* partial, int copies, T* x, int n)
        where F : struct, IBinaryLane<V>
    {
        int i = 0;
        if (copies == 4)
        {
            var (a, b, c, d) = (partial[0], partial[1], partial[2], partial[3]);
            for (; i <= n - (4 * S.Width); i += 4 * S.Width)
            {
                a = F.Of(a, S.Load(x + i));
                b = F.Of(b, S.Load(x + i + S.Width));
                c = F.Of(c, S.Load(x + i + (2 * S.Width)));
                d = F.Of(d, S.Load(x + i + (3 * S.Width)));
            }

            (partial[0], partial[1], partial[2], partial[3]) = (a, b, c, d);
        }

        V first = partial[0];
        for (; i <= n - S.Width; i += S.Width)
        {
            first = F.Of(first, S.Load(x + i));
        }

        if (i < n)
        {
            first = S.Select(Lanes<S, V, T>.First(n - i), F.Of(first, S.LoadFirst(x + i, n - i)), first);
        }

        partial[0] = first;
    }

    [MethodImpl(AtOnce)]
    private static void Map<F>(byte* source, byte* result, int n)
        where F : struct, IUnaryLane<V>
    {
        var x = (T*)source;
        var y = (T*)result;
        int i = 0;
        for (; i <= n - S.Width; i += S.Width)
        {
            S.Store(y + i, F.Of(S.Load(x + i)));
        }

        if (i < n)
        {
            S.StoreFirst(y + i, F.Of(S.LoadFirst(x + i, n - i)), n - i);
        }
    }

    [MethodImpl(AtOnce)]
    private static void Map<F>(byte* left, byte* right, byte* result, int n)
        where F : struct, IBinaryLane<V>
    {
        var a = (T*)left;
        var b = (T*)right;
        var y = (T*)result;
        int i = 0;
        for (; i <= n - S.Width; i += S.Width)
        {
            S.Store(y + i, F.Of(S.Load(a + i), S.Load(b + i)));
        }

        if (i < n)
        {
            S.StoreFirst(y + i, F.Of(S.LoadFirst(a + i, n - i), S.LoadFirst(b + i, n - i)), n - i);
        }
    }
}
