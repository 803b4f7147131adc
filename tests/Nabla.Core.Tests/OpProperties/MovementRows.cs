using System.Collections.Immutable;
using static Nabla.Core.Tests.OpProperties.GivenRows;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>Ops that move elements. Square samples are there for the mutants: with equal sizes a wrong axis still has the right type.</summary>
internal static class MovementRows
{
    private static readonly ImmutableArray<DType> Any = [DType.Int32, DType.Int64, DType.Boolean];

    public static ImmutableArray<OpRow> All { get; } =
    [
        new(typeof(Broadcast),
        [
            One("scalar", new Broadcast([3, 4], []), []),
            One("row", new Broadcast([3, 4], [1]), [4]),
            One("column", new Broadcast([3, 4], [0]), [3]),
            One("square", new Broadcast([3, 3], [1]), [3]),
            One("of 1", new Broadcast([3, 9], [0, 1]), [3, 1]),
            One("outer and 1", new Broadcast([2, 3, 17], [1, 2]), [3, 1]),
            One("to none", new Broadcast([0, 4], [1]), [4]),
        ])
        {
            Analytic = true,
            ExactTypes = Any,
            Bad = [new("size", new Broadcast([3, 4], [0]), Floats(4)), new("falling axes", new Broadcast([3, 3], [1, 0]), Floats(3, 3))],
        },
        new(typeof(Reshape),
        [
            One("flat", new Reshape([12]), [3, 4]),
            One("split", new Reshape([2, 2, 3]), [4, 3]),
            One("to scalar", new Reshape([]), [1, 1]),
            One("empty", new Reshape([0, 5]), [3, 0]),
        ])
        {
            Analytic = true,
            ExactTypes = Any,
            Bad = [new("count", new Reshape([5]), Floats(2, 3))],
        },
        new(typeof(Transpose),
        [
            One("matrix", new Transpose([1, 0]), [3, 5]),
            One("square", new Transpose([1, 0]), [3, 3]),
            One("cube", new Transpose([2, 0, 1]), [3, 3, 3]),
            One("three axes", new Transpose([2, 0, 1]), [2, 3, 9]),
            One("wide", new Transpose([1, 0]), [17, 9]),
            One("same order", new Transpose([0, 1]), [2, 3]),
            One("scalar", new Transpose([]), []),
            One("empty", new Transpose([1, 0]), [0, 3]),
        ])
        {
            Analytic = true,
            ExactTypes = Any,
            Bad = [new("rank", new Transpose([0]), Floats(2, 3)), new("axis twice", new Transpose([1, 1]), Floats(2, 3))],
        },
        new(typeof(Reverse),
        [
            One("vector", new Reverse([0]), [9]),
            One("rows", new Reverse([0]), [3, 3]),
            One("both", new Reverse([0, 1]), [3, 17]),
            One("empty", new Reverse([1]), [3, 0]),
        ])
        {
            Analytic = true,
            ExactTypes = Any,
            Bad = [new("axis", new Reverse([2]), Floats(2, 3)), new("falling axes", new Reverse([1, 0]), Floats(2, 3))],
        },
        new(typeof(StridedSlice),
        [
            One("middle", new StridedSlice([1], [3], [1]), [5]),
            One("every second", new StridedSlice([0], [4], [2]), [8]),
            One("matrix", new StridedSlice([1, 0], [2, 2], [1, 2]), [4, 4]),
            One("last column", new StridedSlice([0, 16], [3, 1], [1, 1]), [3, 17]),
            One("nothing", new StridedSlice([2], [0], [1]), [5]),
            One("of nothing", new StridedSlice([0], [0], [1]), [0]),
        ])
        {
            Analytic = true,
            ExactTypes = Any,
            Bad =
            [
                new("outside", new StridedSlice([3], [3], [1]), Floats(5)),
                new("rank", new StridedSlice([0], [1], [1]), Floats(5, 5)),
                new("step 0", new StridedSlice([0], [2], [0]), Floats(5)),
            ],
        },
        new(typeof(Pad),
        [
            One("around", new Pad([1], [2], [0], 0), [4]),
            One("between", new Pad([0], [0], [2], 0), [4]),
            One("all with 1.5", new Pad([1, 0], [0, 3], [1, 0], 1), [3, 7]),
            One("matrix", new Pad([1, 1], [1, 1], [1, 1], 0), [3, 3]),
            One("none", new Pad([0], [0], [0], 0), [3]),
            One("of nothing", new Pad([2], [1], [3], 1), [0]),
            One("of one", new Pad([2], [1], [3], 1), [1]),
        ])
        {
            Analytic = true,
            ExactTypes = Any,
            Bad =
            [
                new("negative", new Pad([-1], [0], [0], 0), Floats(5)),
                new("rank", new Pad([1], [1], [0], 0), Floats(5, 5)),
                new("fraction", new Pad([1], [1], [0], new Rational(1, 2)), Wholes(5)),
            ],
        },
        new(typeof(Concat),
        [
            new("two", _ => new Concat(0), new Operand([3], Domains.Signed), new Operand([5], Domains.Signed)),
            new("columns", _ => new Concat(1), new Operand([3, 2], Domains.Signed), new Operand([3, 1], Domains.Signed), new Operand([3, 9], Domains.Signed)),
            new("square", _ => new Concat(0), new Operand([3, 3], Domains.Signed), new Operand([3, 3], Domains.Signed)),
            new("with nothing", _ => new Concat(0), new Operand([3], Domains.Signed), new Operand([0], Domains.Signed), new Operand([2], Domains.Signed)),
            new("one", _ => new Concat(0), new Operand([3], Domains.Signed)),
        ])
        {
            Analytic = true,
            ExactTypes = Any,
            Bad =
            [
                new("no operand", new Concat(0)),
                new("axis", new Concat(1), Floats(3)),
                new("other sizes", new Concat(0), Floats(2, 3), Floats(2, 4)),
                new("other type", new Concat(0), Floats(2), Wholes(2)),
            ],
        },
    ];

    private static OpSample One(string label, Op op, Dims dims) => new(label, _ => op, new Operand(dims, Domains.Signed));
}
