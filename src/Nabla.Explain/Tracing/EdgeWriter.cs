namespace Nabla.Explain;

/// <summary>Writes the paths of a backward pass between named values: each with its local derivative and what it contributed.</summary>
internal sealed class EdgeWriter(Quantities quantities, BackwardRecord record, IReadOnlyDictionary<Node, Value<double>> values, IReadOnlyDictionary<Node, int> places)
{
    public IReadOnlyList<TraceEdge> Write()
    {
        ILookup<Node, BackwardRecord.Contribution> byOwner = record.Contributions
            .Where(c => places.ContainsKey(c.User.Inputs[c.Input]) && quantities.OwnerOf(c.User.Inputs[c.Input]) == c.User.Inputs[c.Input])
            .ToLookup(c => quantities.OwnerOf(c.User));
        return [.. quantities.Owners.Reverse().SelectMany(owner => PathsInto(owner, [.. byOwner[owner]]))];
    }

    private IEnumerable<TraceEdge> PathsInto(Node owner, IReadOnlyList<BackwardRecord.Contribution> contributions)
    {
        if (contributions.Count == 0)
        {
            yield break;
        }

        Dictionary<(Node User, int Input), Local> locals = owner.TensorType.Dims.Rank == 0 && contributions.All(c => c.User.Inputs[c.Input].TensorType.Dims.Rank == 0)
            ? Locals(owner)
            : [];
        foreach (BackwardRecord.Contribution path in contributions)
        {
            Node from = path.User.Inputs[path.Input];
            Local? local = locals.GetValueOrDefault((path.User, path.Input));
            yield return new TraceEdge
            {
                From = places[from],
                To = places[owner],
                LocalFormula = local?.Formula ?? "",
                Local = local is null ? null : [local.Value],
                Contribution = values[path.Value.Node].Floats,
                Rule = path.User.Op.Name,
            };
        }
    }

    // The derivative of a value by each use in it, opened as a small program of its own and differentiated by the same pass.
    private Dictionary<(Node User, int Input), Local> Locals(Node owner)
    {
        (Node top, Dictionary<Node, Node> copies) = quantities.Open(owner);
        Node[] inputs = [.. copies.Where(c => c.Value.Op is Ops.Input && c.Key != owner).Select(c => c.Key)];
        BackwardRecord own = new();
        Differentiate.Pullback([top], [top.Builder.Constant(1, top.TensorType.DType)], [.. inputs.Where(i => i.TensorType.DType.IsFloat).Select(i => copies[i])], own);
        BackwardRecord.Contribution[] uses = [.. own.Contributions.Where(c => c.User.Inputs[c.Input].Op is Ops.Input)];
        if (uses.Length == 0)
        {
            return [];
        }

        Graph graph = Rewriter.Run(new Graph("local", inputs.Select(i => copies[i]), uses.Select((c, i) => new GraphOutput($"v{i}", c.Value.Node))), AccurateRules.All);
        System.Collections.Immutable.ImmutableArray<Value<double>> found = new Interpreter<double>(DoubleNumbers.Instance).Run(graph, [.. inputs.Select(i => values[i])]);
        Dictionary<Node, Node> originals = copies.ToDictionary(c => c.Value, c => c.Key);
        return uses.Select((c, i) => (Key: (originals[c.User], c.Input), Local: new Local(FormulaWords.Simplified(c.Value.Node) ?? "", found[i].Floats[0])))
            .ToDictionary(p => p.Key, p => p.Local);
    }

    private sealed record Local(string Formula, double Value);
}
