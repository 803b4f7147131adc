using System.Collections.Immutable;
using static Nabla.Core.Tests.OpProperties.GivenRows;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>Ops of single elements. Sizes lie around the lanes of every vector width (8 and 16 floats, 2 to 8 doubles), and at 0 and 1.</summary>
internal static class ElementwiseRows
{
    private static readonly Dims[] Shapes = [[], [0], [1], [3], [7], [9], [15], [17], [33], [3, 5], [2, 1, 4]];

    private static readonly (Dims Left, Dims Right)[] Broadcasts = [([3, 1], [1, 4]), ([], [5]), ([4], [3, 4]), ([2, 3, 1], [3, 9])];

    private static readonly ImmutableArray<DType> Wholes2 = [DType.Int32, DType.Int64];

    public static ImmutableArray<OpRow> All { get; } =
    [
        Binary(new Add(), Domains.Signed, Domains.Signed, Wholes2) with { Analytic = true },
        Binary(new Subtract(), Domains.Signed, Domains.Signed, Wholes2) with { Analytic = true },
        Binary(new Multiply(), Domains.Signed, Domains.Signed, Wholes2) with { Analytic = true },
        Binary(new Divide(), Domains.Signed, Domains.Signed) with { Analytic = true },
        Power(),
        Binary(new Maximum(), Domains.Distinct, Domains.DistinctBetween, Wholes2) with { Kinks = [Domains.Among(1, 2, 3)] },
        Binary(new Minimum(), Domains.Distinct, Domains.DistinctBetween, Wholes2) with { Kinks = [Domains.Among(1, 2, 3)] },
        Unary(new Negate(), Domains.Signed, Wholes2) with { Analytic = true },
        Unary(new Exp(), Domains.Signed) with { Analytic = true },
        Unary(new Log(), Domains.Positive) with { Analytic = true },
        Unary(new Log1p(), Domains.AboveMinusOne) with { Analytic = true },
        Unary(new Expm1(), Domains.Signed) with { Analytic = true },
        Unary(new Sqrt(), Domains.Positive) with { Analytic = true },
        Unary(new Tanh(), Domains.Signed) with { Analytic = true },
        Unary(new Sigmoid(), Domains.Signed) with { Analytic = true },
        Unary(new Softplus(), Domains.Signed) with { Analytic = true },
        Unary(new Sin(), Domains.Signed) with { Analytic = true },
        Unary(new Cos(), Domains.Signed) with { Analytic = true },
        Unary(new Erf(), Domains.Signed) with { Analytic = true },
        Unary(new Abs(), Domains.Signed, Wholes2) with { Kinks = [Domains.Among(0, -0.0, 1, -1)] },
        Unary(new Sign(), Domains.Signed, Wholes2) with { Kinks = [Domains.Among(0, 1, -1)] },
        Unary(new Floor(), Domains.BetweenHalves) with { Kinks = [Domains.Among(0, 1, -2)] },
        Unary(new Round(), Domains.BetweenHalves) with { Kinks = [Domains.Among(0.5, 1.5, -2.5)] },
        Unary(new Clip(-1, new Rational(3, 2)), Domains.BetweenHalves) with { Kinks = [Domains.Among(-1, 1.5, -2, 2, 0)] },
        Binary(new Equal(), Domains.Truth, Domains.Truth, Wholes2),
        Binary(new Less(), Domains.Distinct, Domains.DistinctBetween, Wholes2),
        Binary(new LessOrEqual(), Domains.Distinct, Domains.DistinctBetween, Wholes2),
        Logical(new And(), 2),
        Logical(new Or(), 2),
        Logical(new Not(), 1),
        Unary(new IsFinite(), Domains.Signed),
        new(typeof(Select), [.. Shapes.Select(s => new OpSample(
            s.ToString(), _ => new Select(), new Operand(s, Domains.Truth, DType.Boolean), new Operand(s, Domains.Signed), new Operand(s, Domains.Signed)))])
        {
            ExactTypes = [DType.Int32, DType.Int64, DType.Boolean],
            Bad =
            [
                new("condition of numbers", new Select(), Floats(3), Floats(3), Floats(3)),
                new("values of two types", new Select(), new(DType.Boolean, [3]), Floats(3), Floats(4)),
                new("condition of other dims", new Select(), new(DType.Boolean, [2]), Floats(3), Floats(3)),
            ],
        },
    ];

    private static OpRow Unary(Op op, Domain domain, ImmutableArray<DType> exact = default) => new(
        op.GetType(), [.. Shapes.Select(s => new OpSample(s.ToString(), _ => op, new Operand(s, domain)))])
    {
        ExactTypes = exact.IsDefault ? [] : exact,
        Bad =
        [
            new("truth values", op, new TensorType(DType.Boolean, [3])),
            new("no operand", op),
            new("two operands", op, Floats(3), Floats(3)),
        ],
    };

    private static OpRow Binary(Op op, Domain left, Domain right, ImmutableArray<DType> exact = default) => new(
        op.GetType(),
        [
            .. Shapes.Select(s => new OpSample(s.ToString(), _ => op, new Operand(s, left), new Operand(s, right))),
            .. Broadcasts.Select(b => new OpSample($"broadcast {b.Left} {b.Right}", _ => op, new Operand(b.Left, left), new Operand(b.Right, right))
            {
                Build = (o, _, x) => Broadcasting.Apply(o, x[0], x[1]),
            }),
        ])
    {
        ExactTypes = exact.IsDefault ? [] : exact,
        Bad =
        [
            new("other dims", op, Floats(3), Floats(4)),
            new("other element type", op, Floats(3), new TensorType(DType.Float64, [3])),
            new("truth values", op, new TensorType(DType.Boolean, [3]), new TensorType(DType.Boolean, [3])),
            new("one operand", op, Floats(3)),
        ],
    };

    // A base above 0 for any exponent; any base for a whole exponent that is a constant.
    private static OpRow Power()
    {
        OpRow row = Binary(new Power(), Domains.Positive, Domains.Signed);
        int[] exponents = [0, 1, 2, 3, -1];
        return row with
        {
            Analytic = true,
            Kinks = [Domains.Among(0, 1, 2), Domains.Among(0, 1, 2, 3)],
            Samples =
            [
                .. row.Samples,
                .. exponents.Select(e => new OpSample($"constant exponent {e}", _ => new Power(), new Operand([9], Domains.Signed)) { Build = (_, _, x) => x[0].Pow(e) }),
                new OpSample("constant exponent 1/2", _ => new Power(), new Operand([9], Domains.Positive)) { Build = (_, _, x) => x[0].Pow(new Rational(1, 2)) },
            ],
        };
    }

    private static OpRow Logical(Op op, int operands) => new(
        op.GetType(),
        [.. Shapes.Select(s => new OpSample(s.ToString(), _ => op, [.. Enumerable.Repeat(new Operand(s, Domains.Truth, DType.Boolean), operands)]))])
    {
        Bad = [new("numbers", op, [.. Enumerable.Repeat(Floats(3), operands)]), new("no operand", op)],
    };
}
