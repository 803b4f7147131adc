namespace Nabla.Explain;

/// <summary>What a step of the walk through a trace shows.</summary>
internal enum StepKind
{
    /// <summary>What is given.</summary>
    Start,

    /// <summary>A value is computed.</summary>
    Forward,

    /// <summary>A gradient arrives.</summary>
    Backward,

    /// <summary>The parameters move.</summary>
    Update,
}

/// <summary>One step of the walk.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Kind">What it shows.</param>
/// <param name="Node">The node whose number appears; null where several do.</param>
/// <param name="Paths">The paths of the trace that it goes over.</param>
internal sealed record Step(int Number, StepKind Kind, int? Node, IReadOnlyList<int> Paths);

/// <summary>The walk through a trace: what is given, each value in order, each gradient in reverse order, the update.</summary>
internal sealed class Steps
{
    private readonly Dictionary<int, int> _values = [];
    private readonly Dictionary<int, int> _gradients = [];

    public Steps(Trace trace)
    {
        List<Step> steps = [new Step(0, StepKind.Start, null, [])];
        foreach (TraceNode node in trace.Nodes)
        {
            _values[node.Id] = IsGiven(node) ? 0 : steps.Count;
            if (!IsGiven(node))
            {
                steps.Add(new Step(steps.Count, StepKind.Forward, node.Id, []));
            }
        }

        ILookup<int, int> paths = trace.Edges.Select((e, i) => (e.From, i)).ToLookup(e => e.From, e => e.i);
        foreach (TraceNode node in trace.Nodes.Reverse())
        {
            _gradients[node.Id] = steps.Count;
            if (node.GradientState == GradientState.Computed)
            {
                steps.Add(new Step(steps.Count, StepKind.Backward, node.Id, [.. paths[node.Id]]));
            }
        }

        // Reasons why there is no gradient appear with the last of those that there are.
        foreach (TraceNode node in trace.Nodes.Where(n => n.GradientState != GradientState.Computed))
        {
            _gradients[node.Id] = steps.Count - 1;
        }

        if (trace.Update is not null)
        {
            steps.Add(new Step(steps.Count, StepKind.Update, null, []));
        }

        All = steps;
    }

    /// <summary>All steps in order.</summary>
    public IReadOnlyList<Step> All { get; }

    /// <summary>The step that shows a node's value.</summary>
    public int ValueOf(int node) => _values[node];

    /// <summary>The step that shows a node's gradient, or why it has none.</summary>
    public int GradientOf(int node) => _gradients[node];

    /// <summary>Whether a node comes with its value.</summary>
    public static bool IsGiven(TraceNode node) => node.Formula.Length == 0;
}
