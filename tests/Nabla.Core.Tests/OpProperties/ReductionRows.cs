using System.Collections.Immutable;
using static Nabla.Core.Tests.OpProperties.GivenRows;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>Ops that combine elements along axes: sums, extremes, scans, products of matrices, searches and sorts.</summary>
internal static class ReductionRows
{
    private static readonly ImmutableArray<DType> Wholes2 = [DType.Int32, DType.Int64];

    private static readonly (Dims Dims, Axes Axes)[] Cases =
    [
        ([], []), ([1], [0]), ([7], [0]), ([9], [0]), ([17], [0]), ([33], [0]), ([130], [0]), ([3, 5], [0]), ([3, 5], [1]), ([3, 5], [0, 1]), ([3, 5], []),
        ([3, 3], [0]), ([3, 3], [1]), ([2, 3, 4], [1]), ([2, 3, 4], [0, 2]), ([3, 17], [1]), ([17, 3], [0]), ([0, 3], [1]),
    ];

    public static ImmutableArray<OpRow> All { get; } =
    [
        Reduction(a => new Sum(a), Domains.Signed, [.. Cases, ([0], [0]), ([3, 0], [1])], Wholes2) with { Analytic = true },
        Reduction(a => new Mean(a), Domains.Signed, Cases, []) with { Analytic = true },
        Reduction(a => new ReduceMax(a), Domains.Distinct, Cases, Wholes2, new BadUse("nothing to compare", new ReduceMax([0]), Floats(0))) with { Kinks = [Domains.Among(1, 2)] },
        Reduction(a => new ReduceMin(a), Domains.Distinct, Cases, Wholes2, new BadUse("nothing to compare", new ReduceMin([0]), Floats(0))) with { Kinks = [Domains.Among(1, 2)] },
        Reduction(a => new AxisSize(a), Domains.Signed, [([3, 5], [1]), ([3, 5], [0, 1]), ([2], []), ([0, 2], [0])], []),
        new(typeof(CumSum),
        [
            .. new Dims[] { [7], [1], [0], [9], [33], [3, 3], [2, 3, 4] }.SelectMany(d => Enumerable.Range(0, d.Rank).SelectMany(axis =>
                new[] { (false, false), (true, false), (false, true), (true, true) }.Select(f => new OpSample(
                    $"{d} axis {axis}{(f.Item1 ? " reverse" : "")}{(f.Item2 ? " exclusive" : "")}", _ => new CumSum(axis, f.Item1, f.Item2), new Operand(d, Domains.Signed))))),
        ])
        {
            Analytic = true,
            ExactTypes = Wholes2,
            Bad = [new("axis", new CumSum(1, false, false), Floats(3)), new("truth values", new CumSum(0, false, false), new TensorType(DType.Boolean, [3]))],
        },
        MatMul(),
        new(typeof(ArgMax), [.. Lines(a => new ArgMax(a))])
        {
            ExactTypes = Wholes2,
            Bad = [new("axis", new ArgMax(1), Floats(3)), new("nothing to compare", new ArgMax(0), Floats(0)), new("truth values", new ArgMax(0), new TensorType(DType.Boolean, [3]))],
        },
        new(typeof(ArgSort), [.. Lines(a => new ArgSort(a)), new("empty", _ => new ArgSort(1), new Operand([3, 0], Domains.Distinct))])
        {
            ExactTypes = Wholes2,
            Bad = [new("axis", new ArgSort(1), Floats(3)), new("truth values", new ArgSort(0), new TensorType(DType.Boolean, [3]))],
        },
    ];

    private static IEnumerable<OpSample> Lines(Func<int, Op> op) =>
        new Dims[] { [1], [2], [7], [9], [33], [3, 5], [2, 3, 4] }.SelectMany(d => Enumerable.Range(0, d.Rank).Select(axis =>
            new OpSample($"{d} axis {axis}", _ => op(axis), new Operand(d, Domains.Distinct))));

    private static OpRow Reduction(Func<Axes, Op> op, Domain domain, (Dims Dims, Axes Axes)[] cases, ImmutableArray<DType> exact, params BadUse[] bad) => new(
        op([]).GetType(), [.. cases.Select(c => new OpSample($"{c.Dims} over {c.Axes}", _ => op(c.Axes), new Operand(c.Dims, domain)))])
    {
        ExactTypes = exact,
        Bad =
        [
            .. bad,
            new("axis", op([2]), Floats(3, 4)),
            new("truth values", op([0]), new TensorType(DType.Boolean, [3])),
            .. op([]) is AxisSize ? Array.Empty<BadUse>() : [new BadUse("falling axes", op([1, 0]), Floats(3, 4))],
        ],
    };

    private static OpRow MatMul()
    {
        (int M, int K, int N)[] sizes = [(1, 1, 1), (3, 3, 3), (2, 5, 3), (7, 9, 17), (1, 17, 8), (9, 1, 2), (2, 0, 3), (0, 3, 2)];
        (bool Left, bool Right)[] transposes = [(false, false), (true, false), (false, true), (true, true)];
        return new(typeof(MatMul),
        [
            .. sizes.SelectMany(s => transposes.Select(t => Product($"{s.M}x{s.K}x{s.N}", [], s, t))),
            .. transposes.Select(t => Product("batch 2,3 of 2x4x3", [2, 3], (2, 4, 3), t)),
        ])
        {
            Analytic = true,
            Bad =
            [
                new("inner sizes", new MatMul(false, false), Floats(2, 3), Floats(4, 5)),
                new("vector", new MatMul(false, false), Floats(3), Floats(3, 5)),
                new("batch", new MatMul(false, false), Floats(2, 3, 4), Floats(5, 4, 6)),
                new("whole numbers", new MatMul(false, false), Wholes(3, 3), Wholes(3, 3)),
            ],
        };
    }

    private static OpSample Product(string label, Dims batch, (int M, int K, int N) s, (bool Left, bool Right) t) => new(
        $"{label}{(t.Left ? " left transposed" : "")}{(t.Right ? " right transposed" : "")}",
        _ => new MatMul(t.Left, t.Right),
        new Operand(batch.Concat(t.Left ? [s.K, s.M] : [s.M, s.K]), Domains.Signed),
        new Operand(batch.Concat(t.Right ? [s.N, s.K] : [s.K, s.N]), Domains.Signed));
}
