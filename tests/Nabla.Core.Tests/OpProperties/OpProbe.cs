using System.Collections.Immutable;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>A sample made concrete: its graph, its gradient's graph, and values for all of it.</summary>
internal sealed class OpProbe
{
    private OpProbe(OpSample sample, DType dtype, int draw, bool twice, ImmutableArray<Domain> kinks)
    {
        // The seed comes from the label, so every sample has values of its own and a failing one comes back.
        Random random = new(sample.Label.Aggregate(17 + draw, (hash, c) => unchecked(hash * 31 + c)));
        Operand[] operands = [.. sample.Operands];
        if (twice)
        {
            // The first floating operand stands in for every other of its kind: one value, used twice.
            int first = Array.FindIndex(operands, o => o.Fixed is null);
            Places = [.. Enumerable.Range(0, operands.Length).Select(i => operands[i].Fixed is null && operands[i].Dims == operands[first].Dims ? first : i)];
        }
        else
        {
            Places = [.. Enumerable.Range(0, operands.Length)];
        }

        int floating = 0;
        Inputs = [.. operands.Select(o => Draw(
            o.Fixed is null && !kinks.IsEmpty ? o with { Domain = kinks[floating++ % kinks.Length] } : o, o.Fixed ?? dtype, random))];
        Active = [.. Places.Distinct().Where(i => operands[i].Fixed is null && dtype.IsFloat)];

        GraphBuilder builder = new();
        Tensor[] inputs = [.. Inputs.Select((a, i) => builder.Input($"x{i}", a.Type))];
        Op op = sample.Op(dtype);
        Tensor[] used = [.. Places.Select(i => inputs[i])];
        Output = sample.Build is { } build ? build(op, builder, used) : builder.Apply(op, used);
        Forward = new Graph("forward", inputs.Select(t => t.Node), [new GraphOutput("y", Output.Node)]);
        Verifier.Check(Forward, "trace");
        if (!HasGradient)
        {
            return;
        }

        Tensor cotangent = builder.Input("c", Output.Type);
        Cotangent = Draw(new Operand(Output.Dims, Domains.Signed), Output.DType, random);
        Leaves = [.. inputs, cotangent];
        Gradients = [.. Differentiate.VectorJacobian(Output, cotangent, [.. Active.Select(i => inputs[i])])];
        Backward = new Graph("backward", Leaves.Select(t => t.Node), [.. Gradients.Select((g, i) => new GraphOutput($"g{i}", g.Node))]);
        Verifier.Check(Backward, "differentiate");
    }

    public static OpProbe Of(string op, string sample, DType dtype = DType.Float64, int draw = 0, bool twice = false, bool atKinks = false) =>
        new(OpTable.Row(op).Samples.Single(s => s.Label == sample), dtype, draw, twice, atKinks ? OpTable.Row(op).Kinks : []);

    /// <summary>For each operand the input that it is: itself, or the first where one value is used twice.</summary>
    public int[] Places { get; }

    /// <summary>The values of the inputs.</summary>
    public NDArray[] Inputs { get; }

    /// <summary>The inputs with respect to which is differentiated.</summary>
    public int[] Active { get; }

    public Tensor Output { get; }

    /// <summary>Inputs to result.</summary>
    public Graph Forward { get; }

    /// <summary>Whether a gradient can be asked for at all.</summary>
    public bool HasGradient => Active.Length > 0 && Output.DType.IsFloat;

    /// <summary>The inputs and the cotangent as tensors.</summary>
    public Tensor[] Leaves { get; } = [];

    public Tensor[] Gradients { get; } = [];

    /// <summary>The values of the cotangent.</summary>
    public NDArray Cotangent { get; } = 0.0;

    /// <summary>Inputs and cotangent to the gradients of the active inputs.</summary>
    public Graph Backward { get; } = null!;

    /// <summary>The inputs and the cotangent.</summary>
    public NDArray[] AllInputs => [.. Inputs, Cotangent];

    private static NDArray Draw(Operand operand, DType dtype, Random random)
    {
        double[] values = operand.Domain(random, operand.Dims.Count);
        if (dtype.IsInteger)
        {
            // Whole numbers from fractional domains: spread out, so that they differ where the fractions did.
            values = operand.Fixed is null ? [.. values.Select(v => Math.Floor(v * 10))] : values;
        }

        return NDArray.Create<double>(dtype == DType.Boolean && operand.Fixed is null ? [.. values.Select(v => v > 0.6 ? 1.0 : 0)] : values, operand.Dims).AsType(dtype);
    }
}
