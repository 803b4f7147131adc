namespace Nabla.Explain;

/// <summary>A trace of tensors: a line a value, the layers, the samples with their mean, and single elements on request.</summary>
internal static class ModelSections
{
    // Samples and answers that fit a screen.
    private const int MostExamples = 10;
    private const int MostOutputs = 10;
    private const int LongestFormula = 70;

    public static bool Fits(Trace trace) => trace.Nodes.Any(n => n.Dims.Count > 0);

    public static IEnumerable<string> Layers(Trace trace, Wording words)
    {
        if (trace.Layers.Count == 0)
        {
            yield break;
        }

        yield return "LAYERS";
        TextTable table = new(">l", "", "", "in", "weights", "out", "activation");
        foreach (TraceLayer layer in trace.Layers)
        {
            table.Add(
                layer.Number > 0 ? $"{layer.Number}" : "", words.Name(layer.Name), layer.Kind, Node(layer.Input),
                string.Join(", ", layer.Weights.Select(Node)), Node(layer.Output), layer.Activation);
        }

        foreach (string line in table.Lines())
        {
            yield return line;
        }

        string Node(int id) => $"{words.Name(trace.Nodes[id].Name)} ({TensorCells.Shape(trace.Nodes[id].Dims)})";
    }

    public static IEnumerable<string> Forward(Trace trace, Wording words)
    {
        TextTable table = new("", "shape", "", "values");
        foreach (TraceNode node in trace.Nodes)
        {
            string formula = node.Formula.Length is > 0 and <= LongestFormula ? $"= {words.Formula(node.Formula)}" : node.Formula.Length > 0 ? $"= {node.Formula[..LongestFormula]}..." : node.Role == TraceRole.Parameter ? "a parameter" : "given";
            table.Add(words.Name(node.Name), TensorCells.Shape(node.Dims), formula, TensorCells.Of(node.Values, node.Dims, words));
        }

        return ["FORWARD", .. table.Lines()];
    }

    public static IEnumerable<string> Backward(Trace trace, Wording words)
    {
        TextTable table = new("", "shape", "by way of", "gradient", "largest", ">there", ">nudged there", "check");
        foreach (TraceNode node in trace.Nodes.Reverse())
        {
            string ways = string.Join(", ", trace.PathsFrom(node).Select(e => words.Name(trace.Nodes[e.To].Name)).Distinct());
            if (node.Gradient is null)
            {
                table.Add(words.Gradient(node.Name), TensorCells.Shape(node.Dims), ways, node.GradientState == GradientState.Stopped ? "no gradient passes" : "not used");
                continue;
            }

            NudgeCheck? check = node.Checks.Count == 0 ? null : node.Checks[0];
            table.Add(
                words.Gradient(node.Name), TensorCells.Shape(node.Dims), ways, TensorCells.Of(node.Gradient, node.Dims, words),
                check is null ? "" : TensorCells.Place(check.Element, node.Dims), check is null ? "" : TensorCells.Short(node.Gradient[check.Element]),
                check is null ? "" : TensorCells.Short(check.Slope), check is null ? "" : words.Verdict(check.Verdict));
        }

        return ["BACKWARD", .. table.Lines()];
    }

    /// <summary>Each sample's loss and answers, and the mean that the step uses.</summary>
    public static IEnumerable<string> Examples(Trace trace, Wording words)
    {
        if (trace.Examples.Count == 0)
        {
            yield break;
        }

        yield return $"SAMPLES ({trace.Examples.Count}; the gradient of the step is the mean of theirs)";
        TextTable table = new(">row", ">loss", "answers");
        foreach (TraceExample example in trace.Examples.Take(MostExamples))
        {
            string more = example.Outputs.Count > MostOutputs ? ", ..." : "";
            table.Add(Numerals.Count(example.Row), words.Number(example.Loss), string.Join(", ", example.Outputs.Take(MostOutputs).Select(TensorCells.Short)) + more);
        }

        table.Add("mean", words.Number(trace.Examples.Average(e => e.Loss)));
        foreach (string line in table.Lines())
        {
            yield return line;
        }
    }

    public static IEnumerable<string> Update(Trace trace, Wording words)
    {
        if (trace.Update is not { } update)
        {
            return [];
        }

        TextTable table = new("", "", "before", "after", "rms step", "effective rate");
        foreach (TraceParameter parameter in update.Parameters)
        {
            TraceNode node = trace.Nodes[parameter.Node];
            double[] rates = [.. parameter.EffectiveRates.Where(double.IsFinite)];
            table.Add(
                words.Name(node.Name), parameter.Path, TensorCells.Of(node.Values, node.Dims, words), TensorCells.Of(parameter.After, node.Dims, words),
                TensorCells.Short(TensorCells.Rms([.. node.Values.Zip(parameter.After, (b, a) => a - b)])),
                rates.Length == 0 ? "none: gradients 0" : $"{TensorCells.Short(rates.Min())} to {TensorCells.Short(rates.Max())}");
        }

        string result = words.Name(trace.Result.Name);
        return
        [
            $"UPDATE ({update.Optimizer}, {words.Alpha} = {words.Number(update.LearningRate)}, step {Numerals.Count(update.Step)}; all parameters of all layers at once)",
            .. table.Lines(),
            .. update.Optimizer == "SGD" && update.Parameters.All(p => p.Slots.Count == 0) ? (string[])[] : [UpdateSection.EffectiveRate],
            $" {result}: {words.Number(trace.Result.Values[0])} {words.Arrow} {words.Number(update.ResultAfter)}",
        ];
    }

    /// <summary>What the step changes without a gradient.</summary>
    public static IEnumerable<string> State(Trace trace, Wording words)
    {
        if (trace.State.Count == 0)
        {
            return [];
        }

        TextTable table = new("", "", "before", "after");
        foreach (TraceState state in trace.State)
        {
            table.Add(state.Path, state.Formula.Length > 0 ? $"= {words.Formula(state.Formula)}" : "", TensorCells.Of(state.Before, state.Dims, words), TensorCells.Of(state.After, state.Dims, words));
        }

        return ["STATE (changed by the step without a gradient; the name alone is the old value)", .. table.Lines()];
    }

    /// <summary>One element of one value, with everything that is known of it.</summary>
    public static IEnumerable<string> Element(Trace trace, TraceElement element, Wording words)
    {
        TraceNode node = trace.Nodes[element.Node];
        string name = $"{words.Name(node.Name)}{TensorCells.Place(element.Index, node.Dims)}";
        yield return $"ELEMENT {name}";
        yield return $" value {words.Number(node.Values[element.Index])}";
        if (node.Gradient is not { } gradient)
        {
            yield return " no gradient";
            yield break;
        }

        foreach (TraceEdge path in trace.PathsFrom(node).Where(e => e.Contribution.Count == node.Values.Count))
        {
            yield return $" through {words.Name(trace.Nodes[path.To].Name)}: {words.Number(path.Contribution[element.Index])}";
        }

        yield return $" gradient {words.Number(gradient[element.Index])}";
        int place = trace.Nodes.Where(n => n.Role == TraceRole.Parameter).ToList().IndexOf(node);
        foreach (TraceExample example in trace.Examples.Where(e => place >= 0 && place < e.Gradients.Count).Take(MostExamples))
        {
            yield return $"   of row {example.Row}: {words.Number(example.Gradients[place][element.Index])}";
        }

        if (trace.Update?.Parameters.FirstOrDefault(p => p.Node == node.Id) is { } update)
        {
            yield return $" after the step {words.Number(update.After[element.Index])}, effective rate {(double.IsNaN(update.EffectiveRates[element.Index]) ? "none: gradient 0" : words.Number(update.EffectiveRates[element.Index]))}";
            foreach (TraceSlot slot in update.Slots.Where(s => s.After.Count == node.Values.Count))
            {
                yield return $"   {slot.Name} {words.Number(slot.Before[element.Index])} {words.Arrow} {words.Number(slot.After[element.Index])}";
            }
        }
    }
}
