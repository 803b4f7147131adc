using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>A trace as tables of the lab's page: forward, then backward with a row for each path.</summary>
internal static class LabTrace
{
    public static IEnumerable<LabPart> Parts(Trace trace)
    {
        yield return new LabPart.Line("Forward");
        yield return new LabPart.Table(["name", "formula", "with numbers", "value"], [.. trace.Nodes.Select(Forward)]);
        yield return new LabPart.Line("Backward");
        yield return new LabPart.Table(["derivative", "local", "local x upstream", "sum", "nudged"], [.. trace.Nodes.Reverse().Where(n => n.Gradient is not null).SelectMany(n => Backward(n, trace))]);
    }

    private static ImmutableArray<LabTerm> Forward(TraceNode node) =>
    [
        new Formula.Symbol(node.Name),
        node.Formula.Length > 0 ? LabAlgebra.Written(node.Formula) : "",
        node.Numbers,
        node.ExactValue ?? Numerals.Of(node.Values[0]),
    ];

    private static IEnumerable<ImmutableArray<LabTerm>> Backward(TraceNode node, Trace trace)
    {
        LabTerm head = new Formula.Derivative(new Formula.Symbol(trace.Result.Name), [node.Name]);
        LabTerm sum = node.ExactGradient ?? Numerals.Of(node.Gradient![0]);
        LabTerm nudged = node.Checks is [var check, ..] ? Numerals.Of(check.Slope) : "";
        TraceEdge[] paths = [.. trace.PathsFrom(node)];
        if (paths.Length == 0)
        {
            yield return [head, "", "", sum, nudged];
        }

        for (int i = 0; i < paths.Length; i++)
        {
            TraceEdge path = paths[i];
            bool isLast = i == paths.Length - 1;
            LabTerm local = path.LocalFormula.Length > 0 ? LabAlgebra.Written(path.LocalFormula) : "";
            string product = path.Local is [var factor] ? $"{Numerals.Of(factor)} x {Numerals.Of(trace.Nodes[path.To].Gradient![0])}" : "";
            yield return [i == 0 ? head : "", local, product, isLast ? sum : "", isLast ? nudged : ""];
        }
    }
}
