using System.Collections.Immutable;
using static Nabla.Core.Tests.OpProperties.GivenRows;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>Ops that choose by computed indices, and values made from places alone.</summary>
internal static class IndexingRows
{
    private static readonly ImmutableArray<DType> Any = [DType.Int32, DType.Int64, DType.Boolean];

    private static readonly ImmutableArray<DType> Wholes2 = [DType.Int32, DType.Int64];

    public static ImmutableArray<OpRow> All { get; } =
    [
        new(typeof(Gather),
        [
            Chosen("rows", new Gather(0), [5, 3], [4], 5),
            Chosen("columns", new Gather(1), [3, 9], [17], 9),
            Chosen("by a matrix", new Gather(1), [2, 4, 3], [2, 2], 4),
            Chosen("by a scalar", new Gather(0), [5], [], 5),
            Chosen("by none", new Gather(0), [5], [0], 5),
            Chosen("square", new Gather(0), [3, 3], [3], 3),
            Chosen("by int64", new Gather(0), [5], [7], 5, DType.Int64),
        ])
        {
            Analytic = true,
            ExactTypes = Any,
            Bad = [new("axis", new Gather(1), Floats(3), Wholes(2)), new("fractions", new Gather(0), Floats(3), Floats(2))],
        },
        new(typeof(ScatterAdd),
        [
            Chosen("rows", new ScatterAdd(0, [5, 3]), [4, 3], [4], 5),
            Chosen("columns", new ScatterAdd(1, [3, 9]), [3, 17], [17], 9),
            Chosen("by a matrix", new ScatterAdd(1, [2, 4, 3]), [2, 2, 2, 3], [2, 2], 4),
            Chosen("by a scalar", new ScatterAdd(0, [5]), [], [], 5),
            Chosen("of none", new ScatterAdd(0, [5]), [0], [0], 5),
            Chosen("square", new ScatterAdd(0, [3, 3]), [3, 3], [3], 3),
            Chosen("by int64", new ScatterAdd(0, [5]), [7], [7], 5, DType.Int64),
            Outside(new ScatterAdd(0, [4])),
        ])
        {
            Analytic = true,
            ExactTypes = Wholes2,
            Bad =
            [
                new("slices", new ScatterAdd(0, [5, 3]), Floats(4, 2), Wholes(4)),
                new("axis", new ScatterAdd(2, [5, 3]), Floats(4, 3), Wholes(4)),
                new("fractions", new ScatterAdd(0, [5]), Floats(4), Floats(4)),
            ],
        },
        new(typeof(GatherAlong),
        [
            Chosen("rows", new GatherAlong(0), [5, 3], [4, 3], 5),
            Chosen("columns", new GatherAlong(1), [3, 9], [3, 17], 9),
            Chosen("middle", new GatherAlong(1), [2, 3, 2], [2, 5, 2], 3),
            Chosen("square", new GatherAlong(0), [3, 3], [3, 3], 3),
            Chosen("none", new GatherAlong(0), [3, 2], [0, 2], 3),
            Chosen("by int64", new GatherAlong(0), [5], [7], 5, DType.Int64),
        ])
        {
            Analytic = true,
            ExactTypes = Any,
            Bad = [new("rank", new GatherAlong(0), Floats(3, 2), Wholes(3)), new("other axis", new GatherAlong(0), Floats(3, 2), Wholes(3, 3))],
        },
        new(typeof(ScatterAddAlong),
        [
            Chosen("rows", new ScatterAddAlong(0, [5, 3]), [4, 3], [4, 3], 5),
            Chosen("columns", new ScatterAddAlong(1, [3, 9]), [3, 17], [3, 17], 9),
            Chosen("middle", new ScatterAddAlong(1, [2, 3, 2]), [2, 5, 2], [2, 5, 2], 3),
            Chosen("square", new ScatterAddAlong(0, [3, 3]), [3, 3], [3, 3], 3),
            Outside(new ScatterAddAlong(0, [4])),
        ])
        {
            Analytic = true,
            ExactTypes = Wholes2,
            Bad = [new("other dims", new ScatterAddAlong(0, [5, 3]), Floats(4, 3), Wholes(4, 2)), new("axis", new ScatterAddAlong(2, [5]), Floats(4), Wholes(4))],
        },
        new(typeof(Iota),
        [
            new("vector", t => new Iota([9], 0, t)),
            new("rows", t => new Iota([3, 5], 0, t)),
            new("columns", t => new Iota([2, 17], 1, t)),
            new("empty", t => new Iota([0], 0, t)),
        ])
        {
            ExactTypes = Wholes2,
            Bad = [new("axis", new Iota([3], 1, DType.Int32)), new("truth values", new Iota([3], 0, DType.Boolean))],
        },
        new(typeof(Uniform), [.. new Dims[] { [], [1], [0], [3], [9], [33], [3, 5], [2, 3, 17] }.Select(d => new OpSample(
            d.ToString(), t => new Uniform(d, t), new Operand([], Domains.Whole, DType.Int64), new Operand([], Domains.Below(100), DType.Int64)))])
        {
            Bad = [new("seed of int32", new Uniform([3], DType.Float32), Wholes(), Wholes()), new("whole numbers", new Uniform([3], DType.Int32), new(DType.Int64, []), new(DType.Int64, []))],
        },
    ];

    private static OpSample Outside(Op op) => new("some outside", _ => op, new Operand([9], Domains.Signed), new Operand([9], Domains.Around(4), DType.Int32));

    private static OpSample Chosen(string label, Op op, Dims dims, Dims indices, int below, DType dtype = DType.Int32) => new(
        label, _ => op, new Operand(dims, Domains.Signed), new Operand(indices, Domains.Below(below), dtype));
}
