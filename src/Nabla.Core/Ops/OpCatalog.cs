using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>The table of ops, in the order of the page of ops. A test demands that every op has its row here.</summary>
internal static class OpCatalog
{
    public static ImmutableArray<OpInfo> All { get; } =
    [
        Input.Row, Parameter.Row, Constant.Row, Literal.Row, MakeTuple.Row, Project.Row, Call.Row,
        Add.Row, Subtract.Row, Multiply.Row, Divide.Row, Power.Row, Negate.Row, Maximum.Row, Minimum.Row,
        Exp.Row, Log.Row, Log1p.Row, Expm1.Row, Sqrt.Row, Tanh.Row, Sigmoid.Row, Softplus.Row, Sin.Row, Cos.Row, Erf.Row,
        Abs.Row, Sign.Row, Floor.Row, Round.Row, Clip.Row,
        Equal.Row, Less.Row, LessOrEqual.Row, And.Row, Or.Row, Not.Row, IsFinite.Row, Select.Row,
        Cast.Row, StopGradient.Row,
        Broadcast.Row, Reshape.Row, Transpose.Row, Reverse.Row, StridedSlice.Row, Pad.Row, Concat.Row,
        Sum.Row, Mean.Row, AxisSize.Row, ReduceMax.Row, ReduceMin.Row,
        MatMul.Row,
        CumSum.Row, ArgMax.Row, ArgSort.Row,
        Gather.Row, ScatterAdd.Row, GatherAlong.Row, ScatterAddAlong.Row,
        Iota.Row, Uniform.Row,
    ];
}
