using Nabla.Core.Tests.Ops;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>What the type rule promises is what comes out, and what it refuses is explained.</summary>
public sealed class TypeRuleTests
{
    public static TheoryData<string, string> Samples() => OpTable.Samples();

    public static TheoryData<string, string> BadUses()
    {
        TheoryData<string, string> data = [];
        foreach (OpRow row in OpTable.Rows)
        {
            foreach (BadUse bad in row.Bad)
            {
                data.Add(row.Name, bad.Label);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_value_has_the_promised_type(string op, string sample)
    {
        OpProbe probe = OpProbe.Of(op, sample);
        NDArray value = Numeric.Run(probe.Forward, DoubleNumbers.Instance, [.. probe.Inputs.Select(a => Value<double>.From(a, DoubleNumbers.Instance))])[0].ToArray(DoubleNumbers.Instance);
        Assert.Equal(probe.Output.Type, value.Type);
        Assert.Equal(probe.Output.Dims.Count, value.Doubles().Length);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_gradient_has_the_type_of_its_input(string op, string sample)
    {
        OpProbe probe = OpProbe.Of(op, sample);
        Assert.All(probe.Gradients.Zip(probe.Active), pair => Assert.True(pair.First.Type.Matches(probe.Inputs[pair.Second].Type)));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Names_of_axes_do_not_change_what_comes_out(string op, string sample)
    {
        // Each operand's first axis gets a name where that leaves the sample well typed; sizes and values stay.
        OpSample stated = OpTable.Row(op).Samples.Single(s => s.Label == sample);
        if (stated.Build is not null)
        {
            return;
        }

        GraphBuilder builder = new();
        Tensor[] inputs = [.. stated.Operands.Select((o, i) => builder.Input($"x{i}", new TensorType(
            o.Fixed ?? DType.Float64, o.Dims.Rank == 0 ? o.Dims : o.Dims.With(0, o.Dims[0] with { Name = "batch" }))))];
        Assert.True(OpProbe.Of(op, sample).Output.Type.Matches(builder.Apply(stated.Op(DType.Float64), inputs).Type));
    }

    [Theory]
    [MemberData(nameof(BadUses))]
    public void A_wrong_use_is_refused_and_explained(string op, string use)
    {
        BadUse bad = OpTable.Row(op).Bad.Single(b => b.Label == use);
        ShapeException error = Assert.Throws<ShapeException>(() => bad.Op.Infer(new OperandTypes(bad.Op, [.. bad.Operands])));

        // Who, what was expected, what came.
        Assert.StartsWith(op, error.Message, StringComparison.Ordinal);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
        Assert.All(bad.Operands, o => Assert.Contains(o.ToString(), error.Message, StringComparison.Ordinal));
    }
}
