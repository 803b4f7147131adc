using System.Collections.Concurrent;
using Nabla.Core.Tests.OpProperties;
using Nabla.Core.Tests.Ops;

namespace Nabla.Core.Tests.Mutation;

/// <summary>
/// A test of the tests: every derivative rule is broken in every small way (a sign, a factor, a term, an operand, an axis), and the comparisons that the
/// property tests make (with finite differences, and with dual numbers at kinks) have to notice each.
/// </summary>
/// <remarks>
/// A mutant that is not noticed must be no mutant at all: its gradients equal the right ones on further draws to 1e-12. Such are counted and
/// capped: swapped gradients of a sum, changes of a value that is masked anyway.
/// </remarks>
public sealed class MutationTests
{
    private const int Draws = 5;
    private const int FurtherDraws = 4;

    private static readonly ConcurrentDictionary<string, Counts> Cache = new();

    public static TheoryData<string> Ops() =>
        [.. OpTable.Rows.Where(r => r.HasDerivative && Samples(r).Any()).Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Ops))]
    public void Every_broken_rule_is_noticed(string op)
    {
        Counts counts = Cache.GetOrAdd(op, Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{op}: {counts.Killed} noticed, {counts.Equal.Count} equal to the rule, {counts.Survivors.Count} unnoticed");
        Assert.True(counts.Survivors.Count == 0, $"{counts.Survivors.Count} unnoticed of {counts.Total}: {string.Join("; ", counts.Survivors.Take(5))}");
        Assert.True(counts.Killed >= 3, $"only {counts.Killed} mutants were made");
    }

    [Fact]
    public void Over_all_ops_few_mutants_are_equal_to_the_rule()
    {
        Counts[] all = [.. OpTable.Rows.Where(r => r.HasDerivative && Samples(r).Any()).Select(r => Cache.GetOrAdd(r.Name, Count))];
        int total = all.Sum(c => c.Total);
        int equal = all.Sum(c => c.Equal.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{total} mutants, {all.Sum(c => c.Killed)} noticed, {equal} equal to the rule:");
        foreach (IGrouping<string, string> reason in all.SelectMany(c => c.Equal).GroupBy(e => e))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"  {reason.Count()} x {reason.Key}");
        }

        Assert.True(total > 1000, $"only {total} mutants were made");
        Assert.True(equal < 0.05 * total, $"{equal} of {total} mutants change nothing");
    }

    // Small samples with something in them: every element is compared, and equal sizes let a wrong axis keep its type.
    private static IEnumerable<OpSample> Samples(OpRow row) => row.Samples.Where(s =>
        s.Operands.Length > 0 && s.Operands.Any(o => o.Fixed is null) && s.Operands.All(o => o.Dims.Count is > 0 and <= 16)
        && OpProbe.Of(row.Name, s.Label) is { HasGradient: true, Output.Dims.Count: > 2 and <= 16 });

    private static Counts Count(string op)
    {
        OpRow row = OpTable.Row(op);
        Counts counts = new();
        foreach (OpSample sample in Samples(row))
        {
            // What the property tests know: differences on several draws, and dual numbers at kinks and ties.
            OpProbe[] probes = [.. Enumerable.Range(0, Draws).Select(d => OpProbe.Of(op, sample.Label, draw: d))];
            OpProbe[] kinks = row.Kinks.IsEmpty ? [] : [.. Enumerable.Range(0, Draws).Select(d => OpProbe.Of(op, sample.Label, draw: d, atKinks: true))];
            double[][][] differences = [.. probes.Select(Differences)];
            double[][][] duals = [.. kinks.Select(ForwardModeTests.DualGradients)];
            OpProbe[] further = [.. Enumerable.Range(Draws, FurtherDraws).Select(d => OpProbe.Of(op, sample.Label, draw: d))];
            double[][][] right = [.. further.Select(p => Numeric.Run(p.Backward, p.AllInputs))];
            foreach (Mutant mutant in Mutants.Of(probes[0].Forward, probes[0].Backward))
            {
                counts.Total++;
                if (!AllAgree(probes, differences, mutant, 1e-8, 1e-10) || !AllAgree(kinks, duals, mutant, 1e-12, 1e-14))
                {
                    counts.Killed++;
                }
                else if (AllAgree(further, right, mutant, 1e-12, 1e-14))
                {
                    counts.Equal.Add($"{op}: {mutant.Name}");
                }
                else
                {
                    counts.Survivors.Add($"{sample.Label}: {mutant.Name}");
                }
            }
        }

        return counts;
    }

    private static double[][] Differences(OpProbe probe)
    {
        double[] cotangent = probe.Cotangent.Doubles();
        return [.. probe.Active.Select(k => Numeric.Differences(x => Numeric.Dot(cotangent, Numeric.Run(probe.Forward, x)[0]), probe.Inputs, k))];
    }

    private static bool AllAgree(OpProbe[] probes, double[][][] expected, Mutant mutant, double relative, double absolute) =>
        probes.Zip(expected).All(p => Agree(p.Second, Numeric.Run(mutant.Backward, p.First.AllInputs), relative, absolute));

    private static bool Agree(double[][] expected, double[][] found, double relative, double absolute) =>
        expected.Zip(found).All(p => p.First.Zip(p.Second).All(e => Math.Abs(e.First - e.Second) <= absolute + relative * Math.Abs(e.First)));

    private sealed class Counts
    {
        public int Total { get; set; }

        public int Killed { get; set; }

        public List<string> Equal { get; } = [];

        public List<string> Survivors { get; } = [];
    }
}
