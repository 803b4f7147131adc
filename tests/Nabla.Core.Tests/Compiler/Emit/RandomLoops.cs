using System.Collections.Immutable;
using static Nabla.Core.Tests.Compiler.Emit.Loops;

namespace Nabla.Core.Tests.Compiler.Emit;

/// <summary>Random kernels from a seed: elementwise vector loops with names, choices, truth values, stores in place and sums; and loops over whole numbers.</summary>
internal sealed class RandomLoops(int seed)
{
    private static readonly UnaryFunction[] Unary =
    [
        UnaryFunction.Negate, UnaryFunction.Exp, UnaryFunction.Log, UnaryFunction.Log1p, UnaryFunction.Expm1, UnaryFunction.Sqrt, UnaryFunction.Tanh,
        UnaryFunction.Sigmoid, UnaryFunction.Softplus, UnaryFunction.Sin, UnaryFunction.Cos, UnaryFunction.Erf, UnaryFunction.Abs, UnaryFunction.Sign,
        UnaryFunction.Floor, UnaryFunction.Round,
    ];

    private static readonly BinaryFunction[] Binary =
    [
        BinaryFunction.Add, BinaryFunction.Subtract, BinaryFunction.Multiply, BinaryFunction.Divide, BinaryFunction.Maximum, BinaryFunction.Minimum,
    ];

    private static readonly BinaryFunction[] Comparisons = [BinaryFunction.Less, BinaryFunction.LessOrEqual, BinaryFunction.Equal];

    private readonly Random _random = new(seed);
    private readonly List<LoopExpr> _numbers = [];
    private readonly List<LoopExpr> _truths = [];

    /// <summary>
    /// Over buffers of <paramref name="n"/> elements: 0 and 1 are numbers (0 is also stored to), 2 truth values, 3 one number, 4 numbers and 5 truth values stored,
    /// 6 pixels and 7 whole numbers.
    /// The sums, which depend on the order, are stored to 3.
    /// </summary>
    public LoopKernel Elementwise(string name, DType dtype, long n)
    {
        LoopBuffer[] buffers =
        [
            Buffer(0, dtype, n), Buffer(1, dtype, n + 3), Buffer(2, DType.Boolean, n), Buffer(3, dtype, 3), Buffer(4, dtype, n), Buffer(5, DType.Boolean, n), Buffer(6, DType.UInt8, n),
            Buffer(7, DType.Int32, n),
        ];
        var whole = new LoopExpr.Variable("whole", DType.Int32);
        var number = new LoopExpr.Variable("number", dtype);
        _numbers.AddRange([
            buffers[0].Load(I), buffers[1].Load(I + 3), buffers[1].Load(BinaryFunction.Add.Of(LoopExpr.Index(1), I)),
            buffers[6].Load(I).To(dtype), number, buffers[3].Load(LoopExpr.Index(0)), Number(new Rational(_random.Next(-20, 20), 4), dtype)]);
        _truths.Add(buffers[2].Load(I));
        List<LoopStatement> body = [new LoopStatement.Let(whole, buffers[7].Load(I)), new LoopStatement.Let(number, whole.To(dtype))];
        for (int k = 0; k < 3; k++)
        {
            bool truth = _random.Next(4) == 0;
            LoopExpr value = truth ? Truth(2) : Value(3, dtype);
            var let = new LoopExpr.Variable($"t{k}", value.DType);
            body.Add(new LoopStatement.Let(let, value));
            (truth ? _truths : _numbers).Add(let);
        }

        var sum = new LoopExpr.Variable("sum", dtype);
        BinaryFunction combine = Pick([BinaryFunction.Add, BinaryFunction.Maximum, BinaryFunction.Minimum]);
        body.AddRange([
            buffers[4].Store(I, Value(3, dtype)),
            buffers[0].Store(I, Value(2, dtype)),
            buffers[5].Store(I, Truth(3)),
            new LoopStatement.Accumulate(sum, combine, Value(1, dtype))]);
        return Kernel(
            name,
            [.. buffers],
            n,
            new LoopStatement.Declare(sum, Number(1, dtype)),
            For(I, Begin, End, LoopKind.Vector, [.. body]),
            buffers[3].Store(LoopExpr.Index(2), sum));
    }

    /// <summary>Over buffers of <paramref name="n"/> elements of int32, int64, uint8 and float32; 0 and 1 are stored to.</summary>
    public LoopKernel Integers(string name, long n)
    {
        ImmutableArray<LoopBuffer> buffers = [Buffer(0, DType.Int32, n), Buffer(1, DType.Int64, n), Buffer(2, DType.UInt8, n), Buffer(3, DType.Float32, n)];
        return Kernel(name, buffers, n, For(
            I,
            Begin,
            End,
            LoopKind.Sequential,
            buffers[0].Store(I, Whole(4, DType.Int32, buffers)),
            buffers[1].Store(I, Whole(4, DType.Int64, buffers))));
    }

    private LoopExpr Value(int depth, DType dtype)
    {
        if (depth == 0)
        {
            return Pick(_numbers);
        }

        return _random.Next(10) switch
        {
            < 3 => Pick(Unary).Of(Value(depth - 1, dtype)),
            < 7 => Pick(Binary).Of(Value(depth - 1, dtype), Value(depth - 1, dtype)),
            7 => new LoopExpr.Select(Truth(depth - 1), Value(depth - 1, dtype), Value(depth - 1, dtype)),
            8 => Truth(depth - 1).To(dtype),
            _ => Value(depth - 1, dtype),
        };
    }

    private LoopExpr Truth(int depth)
    {
        if (depth == 0)
        {
            return Pick(_truths);
        }

        DType dtype = _numbers[0].DType;
        return _random.Next(8) switch
        {
            < 3 => Pick(Comparisons).Of(Value(depth - 1, dtype), Value(depth - 1, dtype)),
            3 => new LoopExpr.Binary(BinaryFunction.And, Truth(depth - 1), Truth(depth - 1), DType.Boolean),
            4 => new LoopExpr.Binary(BinaryFunction.Or, Truth(depth - 1), Truth(depth - 1), DType.Boolean),
            5 => UnaryFunction.Not.Of(Truth(depth - 1)),
            6 => UnaryFunction.IsFinite.Of(Value(depth - 1, dtype)),
            _ => Value(depth - 1, dtype).To(DType.Boolean),
        };
    }

    private LoopExpr Whole(int depth, DType dtype, ImmutableArray<LoopBuffer> buffers)
    {
        if (depth == 0)
        {
            LoopExpr leaf = _random.Next(5) is var k and < 4 ? buffers[k].Load(I) : I;
            return leaf.DType == dtype ? leaf : leaf.To(dtype);
        }

        // Never -1: the smallest number has no quotient by it.
        LoopExpr literal = Number(Pick([1, 2, 3, 7, 8, 64, 1000, -3, -8]), dtype);
        LoopExpr x = Whole(depth - 1, dtype, buffers);
        return _random.Next(12) switch
        {
            0 => x + Whole(depth - 1, dtype, buffers),
            1 => x - Whole(depth - 1, dtype, buffers),
            2 => x * Whole(depth - 1, dtype, buffers),
            3 => x * literal,
            4 => BinaryFunction.FloorDivide.Of(x, literal),
            5 => BinaryFunction.Modulo.Of(x, literal),
            6 => BinaryFunction.Maximum.Of(x, Whole(depth - 1, dtype, buffers)),
            7 => BinaryFunction.Minimum.Of(x, literal),
            8 => Pick([UnaryFunction.Negate, UnaryFunction.Abs, UnaryFunction.Sign]).Of(x),
            9 => new LoopExpr.Select(Pick(Comparisons).Of(x, Whole(depth - 1, dtype, buffers)), literal, x),
            10 => Whole(depth - 1, dtype == DType.Int32 ? DType.Int64 : DType.Int32, buffers).To(dtype),
            _ => x.To(DType.UInt8).To(dtype),
        };
    }

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
