using System.Collections.Immutable;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>Values that are given, packed or called: no arithmetic of their own.</summary>
internal static class GivenRows
{
    public static ImmutableArray<OpRow> All { get; } =
    [
        new(typeof(Input), [new("given", t => new Input("x0", new(t, [3])), new Operand([3], Domains.Signed)) { Build = Given }])
        {
            Analytic = true,
            Bad = [new("storage type", new Input("x", new(DType.Int8, [3])))],
        },
        new(typeof(Parameter), [new("given", t => new Parameter("p", new(t, [3])), new Operand([3], Domains.Signed)) { Build = Given }])
        {
            Analytic = true,
            Bad = [new("with an operand", new Parameter("p", new(DType.Float32, [3])), Floats(3))],
        },
        new(typeof(Constant),
        [
            new("number", t => new Constant(new Rational(1, 3), t)),
            new("times x", t => new Constant(new Rational(-7, 3), t), new Operand([5], Domains.Signed)) { Build = TimesX },
        ])
        {
            Analytic = true,
            Bad = [new("fraction as int32", new Constant(new Rational(1, 2), DType.Int32))],
        },
        new(typeof(Literal),
        [
            new("array", t => new Literal(NDArray.From(new double[,] { { 1.5, -2 }, { 0, 3 } }).AsType(t))),
            new("times x", t => new Literal(NDArray.From(new double[] { 1.5, -2, 3 }).AsType(t)), new Operand([3], Domains.Signed)) { Build = TimesX },
        ])
        {
            Analytic = true,
            Bad = [new("storage type", new Literal(NDArray.Zeros(DType.UInt16, [2])))],
        },
        new(typeof(MakeTuple),
        [
            new("two parts", _ => new MakeTuple(), new Operand([3], Domains.Signed), new Operand([3], Domains.Signed)) { Build = PackAndUnpack },
        ])
        {
            Analytic = true,
            Bad = [],
        },
        new(typeof(Project),
        [
            new("second part", _ => new Project(1), new Operand([3], Domains.Signed), new Operand([4], Domains.Signed)) { Build = (op, b, x) => new(b.Add(op, b.Add(new MakeTuple(), x[0].Node, x[1].Node))) },
        ])
        {
            Analytic = true,
            Bad = [new("of a tensor", new Project(0), Floats(3))],
        },
        new(typeof(Call),
        [
            new("a body", t => new Call(Body(t)), new Operand([3], Domains.Signed), new Operand([3], Domains.Signed)),
        ])
        {
            Analytic = true,
            Bad = [new("wrong dims", new Call(Body(DType.Float32)), Floats(3), Floats(4))],
        },
        new(typeof(StopGradient), [new("vector", _ => new StopGradient(), new Operand([7], Domains.Signed))])
        {
            HasDerivative = false,
            ExactTypes = [DType.Int32, DType.Boolean],
            Bad = [new("two operands", new StopGradient(), Floats(2), Floats(2))],
        },
        new(typeof(Cast),
        [
            new("to float32", _ => new Cast(DType.Float32), new Operand([9], Domains.Signed)) { Build = (op, b, x) => b.Apply(op, x).Cast(DType.Float64) },
            new("to int32", _ => new Cast(DType.Int32), new Operand([9], Domains.BetweenHalves)),
            new("to int64", _ => new Cast(DType.Int64), new Operand([9], Domains.BetweenHalves)),
            new("to bool", _ => new Cast(DType.Boolean), new Operand([9], Domains.Truth)),
            new("from int32", t => new Cast(t), new Operand([9], Domains.Whole, DType.Int32)),
            new("from int64", t => new Cast(t), new Operand([9], Domains.Whole, DType.Int64)),
            new("from bool", t => new Cast(t), new Operand([9], Domains.Truth, DType.Boolean)),
            new("from pixels", t => new Cast(t), new Operand([9], Domains.Below(256), DType.UInt8)),
            new("int64 to int32", _ => new Cast(DType.Int32), new Operand([9], Domains.Whole, DType.Int64)),
        ])
        {
            // The float32 rounding of a cast is a step function: differences over double values see it, so its derivative is asserted by name.
            HasDerivative = false,
            ExactTypes = [DType.Int32, DType.Int64],
            Bad = [new("to a storage type", new Cast(DType.Int16), Floats(2))],
        },
    ];

    public static TensorType Floats(params int[] sizes) => new(DType.Float32, Dims.Of(sizes));

    public static TensorType Wholes(params int[] sizes) => new(DType.Int32, Dims.Of(sizes));

    // A leaf's value is given, so the op's own node would be another input; the sample's input plays its part.
    private static Tensor Given(Op op, GraphBuilder builder, Tensor[] x) => x[0];

    private static Tensor TimesX(Op op, GraphBuilder builder, Tensor[] x) => builder.Apply(op) * x[0];

    private static Tensor PackAndUnpack(Op op, GraphBuilder builder, Tensor[] x)
    {
        Node tuple = builder.Add(op, x[0].Node, x[1].Node);
        return new Tensor(builder.Project(tuple, 0)) * new Tensor(builder.Project(tuple, 1));
    }

    private static Graph Body(DType dtype)
    {
        GraphBuilder builder = new();
        Tensor a = builder.Input("a", new(dtype, [3]));
        Tensor b = builder.Input("b", new(dtype, [3]));
        return new Graph("body", [a.Node, b.Node], [new GraphOutput("y", (a * b + a).Node)]);
    }
}
