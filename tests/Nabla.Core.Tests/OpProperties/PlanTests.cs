using Nabla.Core.Tests.Ops;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>
/// The compiled plan of every op and of its gradient against the interpreter: in float32 and float64 within a bound derived by running error
/// analysis, in other types exactly; with machine code emitted and without.
/// </summary>
public sealed class PlanTests
{
    public static TheoryData<string, string, string, bool> Floats()
    {
        TheoryData<string, string, string, bool> data = [];
        foreach ((string op, string sample) in All())
        {
            foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
            {
                data.Add(op, sample, dtype.Name, true);
                data.Add(op, sample, dtype.Name, false);
            }
        }

        return data;
    }

    public static TheoryData<string, string, string, bool> Exact()
    {
        TheoryData<string, string, string, bool> data = [];
        foreach ((string op, string sample) in All())
        {
            foreach (DType dtype in OpTable.Row(op).ExactTypes)
            {
                data.Add(op, sample, dtype.Name, true);
                data.Add(op, sample, dtype.Name, false);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Floats))]
    public void Plan_is_within_the_derived_bound(string op, string sample, string dtype, bool dynamicCode)
    {
        OpProbe probe = OpProbe.Of(op, sample, DTypeFacts.Parse(dtype));
        if (!probe.HasGradient)
        {
            Compare(probe.Forward, probe.Inputs, dtype, dynamicCode);
            return;
        }

        // Value and gradients in one plan, as training has them.
        Graph both = new("both", probe.Backward.Inputs, [.. probe.Forward.Outputs, .. probe.Backward.Outputs]);
        Compare(both, probe.AllInputs, dtype, dynamicCode);
    }

    [Theory]
    [MemberData(nameof(Exact))]
    public void Plan_is_exact_for_whole_numbers_and_truth_values(string op, string sample, string dtype, bool dynamicCode)
    {
        OpProbe probe = OpProbe.Of(op, sample, DTypeFacts.Parse(dtype));
        NDArray[] found = Executable.Compile(probe.Forward, new CompileOptions { DynamicCode = dynamicCode }).Run(probe.Inputs);
        Assert.Equal(probe.Output.Type, found[0].Type);
        Assert.Equal(Numeric.Run(probe.Forward, probe.Inputs)[0], found[0].Doubles());
    }

    private static void Compare(Graph graph, NDArray[] inputs, string dtype, bool dynamicCode)
    {
        RunningError math = new(DTypeFacts.Parse(dtype));
        NDArray[] found = Executable.Compile(graph, new CompileOptions { DynamicCode = dynamicCode }).Run(inputs);
        Value<Bounded>[] expected = Numeric.Run(graph, math, [.. inputs.Select(a => Value<Bounded>.From(a, math))]);
        for (int k = 0; k < expected.Length; k++)
        {
            RunningError.AssertWithin(expected[k], found[k], graph.Outputs[k].Name);
        }
    }

    private static IEnumerable<(string Op, string Sample)> All() => OpTable.Rows.SelectMany(r => r.Samples.Select(s => (r.Name, s.Label)));
}
