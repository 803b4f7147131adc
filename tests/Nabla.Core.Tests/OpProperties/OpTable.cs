using System.Collections.Immutable;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>The table that drives every op × property test: one row an op. A test fails while an op has no row.</summary>
internal static class OpTable
{
    public static ImmutableArray<OpRow> Rows { get; } =
        [.. GivenRows.All, .. ElementwiseRows.All, .. MovementRows.All, .. ReductionRows.All, .. IndexingRows.All];

    private static readonly Dictionary<string, OpRow> ByName = Rows.ToDictionary(r => r.Name);

    public static OpRow Row(string op) => ByName[op];

    /// <summary>Every sample, as theory rows.</summary>
    public static TheoryData<string, string> Samples() => Where((_, _) => true);

    /// <summary>The samples whose op states a derivative and that have something to differentiate.</summary>
    public static TheoryData<string, string> Differentiable() => Where((row, sample) => row.HasDerivative && HasGradient(sample));

    /// <summary>The samples of ops that have kinks.</summary>
    public static TheoryData<string, string> Kinked() => Where((row, sample) => !row.Kinks.IsEmpty && HasGradient(sample));

    /// <summary>The samples of analytic functions.</summary>
    public static TheoryData<string, string> Analytic() => Where((row, sample) => row.Analytic && HasGradient(sample));

    private static bool HasGradient(OpSample sample)
    {
        Operand[] operands = [.. sample.Operands];
        if (operands.All(o => o.Fixed is not null))
        {
            return false;
        }

        GraphBuilder builder = new();
        Tensor[] inputs = [.. operands.Select((o, i) => builder.Input($"x{i}", new TensorType(o.Fixed ?? DType.Float64, o.Dims)))];
        Op op = sample.Op(DType.Float64);
        return (sample.Build is { } build ? build(op, builder, inputs) : builder.Apply(op, inputs)).DType.IsFloat;
    }

    private static TheoryData<string, string> Where(Func<OpRow, OpSample, bool> wanted)
    {
        TheoryData<string, string> data = [];
        foreach (OpRow row in Rows)
        {
            foreach (OpSample sample in row.Samples.Where(s => wanted(row, s)))
            {
                data.Add(row.Name, sample.Label);
            }
        }

        return data;
    }
}
