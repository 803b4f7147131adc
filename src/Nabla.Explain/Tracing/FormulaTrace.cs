namespace Nabla.Explain;

/// <summary>Traces of formulas of scalars.</summary>
internal static class FormulaTrace
{
    public static Trace Make(string formula, TraceOptions options, IReadOnlyList<(string Name, double Value)> at)
    {
        Graph graph = FormulaParser.ParseSteps(formula);
        graph = options.OnPaper ? Rewriter.Run(graph, AccurateRules.All) : graph;
        string result = graph.Outputs[^1].Name == FormulaParser.ResultName ? "J" : graph.Outputs[^1].Name;
        Dictionary<Node, string> names = [];
        foreach (GraphOutput output in graph.Outputs)
        {
            names.Add(output.Node, output.Name);
        }

        Node last = graph.Outputs[^1].Node;
        names[last] = graph.Outputs[^1].Name == FormulaParser.ResultName ? Free(result, graph) : result;

        string[] inputs = [.. graph.Inputs.Select(i => ((Leaf)i.Op).Label)];
        if (inputs.Length == 0)
        {
            throw new ArgumentException($"Trace of '{formula}': expected a formula with a name in it that can be changed, such as J = w^2, received numbers alone.", nameof(formula));
        }

        at = [.. at.Select(a => (SymbolName.Of(a.Name), a.Value))];
        Check(formula, inputs, at);
        HashSet<string> parameters = [.. options.Parameters?.Select(SymbolName.Of) ?? Guess(inputs)];
        if (parameters.FirstOrDefault(p => !inputs.Contains(p)) is { } unknown)
        {
            throw new ArgumentException($"Trace of '{formula}': expected parameters among {string.Join(", ", inputs)}, received '{unknown}'.", nameof(options));
        }

        Dictionary<Node, Value<double>> values = graph.Inputs.ToDictionary(
            i => i,
            i => Value<double>.OfFloats(i.TensorType, [at.First(a => a.Name == ((Leaf)i.Op).Label).Value]));
        // Written out where a line can hold that; over its own names otherwise: used twice each, twenty of them would be a million terms.
        string cost = FormulaWords.Of(last) ?? FormulaWords.Of(last, node => node == last ? null : names.GetValueOrDefault(node)) ?? "";
        string convention = $"{names[last]} = {cost}";
        return new TraceBuilder(last, values, names, options)
        {
            Title = options.Title ?? formula.Trim(),
            Convention = convention,
            IsParameter = node => parameters.Contains(((Leaf)node.Op).Label),
        }.Build();
    }

    // The lectures' names: w and b are learned, x and y are given.
    private static IEnumerable<string> Guess(string[] inputs)
    {
        string[] learned = [.. inputs.Where(n => n[0] is 'w' or 'b' or 'W' or 'B')];
        return learned.Length > 0 ? learned : inputs;
    }

    private static string Free(string name, Graph graph)
    {
        while (graph.Inputs.Any(i => ((Leaf)i.Op).Label == name) || graph.Outputs.Any(o => o.Name == name))
        {
            name += "'";
        }

        return name;
    }

    private static void Check(string formula, string[] inputs, IReadOnlyList<(string Name, double Value)> at)
    {
        string[] missing = [.. inputs.Where(n => at.All(a => a.Name != n))];
        if (missing.Length > 0)
        {
            throw new ArgumentException($"Trace of '{formula}': expected a value for each of {string.Join(", ", inputs)}, received none for {string.Join(", ", missing)}. Give one, such as {missing[0]}=2.", nameof(at));
        }

        if (at.FirstOrDefault(a => !inputs.Contains(a.Name)) is { Name: { } extra })
        {
            throw new ArgumentException($"Trace of '{formula}': expected values for {string.Join(", ", inputs)}, received one for '{extra}', which the formula does not use or computes itself.", nameof(at));
        }

        if (at.GroupBy(a => a.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Trace of '{formula}': expected one value for '{twice.Key}', received {twice.Count()}.", nameof(at));
        }
    }
}
