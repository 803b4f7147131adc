namespace Nabla;

/// <summary>
/// The order inside a nest with reductions over its inner axes. Softmax has three passes over a row: the maximum, the sum of the
/// exponentials, the quotient. A pass can use the row values that earlier passes have finished.
/// </summary>
/// <remarks>
/// A value at each point that several passes need is computed again in each where that is cheap, and kept in memory by the first where
/// it is not (an exponential).
/// </remarks>
internal sealed class Phases
{
    // Computing again up to this much costs about as much as storing and loading.
    private const int CheapAgain = 6;

    private readonly Dictionary<Evaluation, int> _ready = [];
    private readonly Dictionary<Evaluation, SortedSet<int>> _passes = [];

    private Phases(List<Evaluation> order) => Order = order;

    /// <summary>The group's evaluations, inputs first.</summary>
    public List<Evaluation> Order { get; }

    /// <summary>How many passes over the inner axes there are; 1 where nothing is reduced.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>Nodes that must be kept in memory between two passes, beyond those that the group stores anyway.</summary>
    public List<Node> Kept { get; } = [];

    /// <summary>The pass after which (row values) or from which on (others) an evaluation can be had.</summary>
    public int Ready(Evaluation evaluation) => _ready[evaluation];

    /// <summary>The passes in which a value at each point is computed.</summary>
    public IReadOnlyCollection<int> Passes(Evaluation evaluation) => _passes.TryGetValue(evaluation, out SortedSet<int>? passes) ? passes : [];

    /// <summary>The passes of a group.</summary>
    public static Phases Of(FusedGroup group)
    {
        Phases phases = new([.. group.Evaluations.Values.OrderBy(e => e.Order)]);
        phases.FindReady(group);
        phases.FindPasses(group);
        return phases;
    }

    private void FindReady(FusedGroup group)
    {
        HashSet<Evaluation> reductions = [.. group.Reductions];
        foreach (Evaluation e in Order)
        {
            int ready = e.Inputs.Select(i => _ready[i]).DefaultIfEmpty(0).Max();
            if (reductions.Contains(e))
            {
                Count = Math.Max(Count, ready + 1);
                ready++;
            }

            _ready[e] = ready;
        }

        foreach (Evaluation e in Order)
        {
            if (group.PositionOf(e.Node, e.Index) == Position.Point && !reductions.Contains(e))
            {
                Count = Math.Max(Count, _ready[e] + 1);
            }
        }
    }

    private void FindPasses(FusedGroup group)
    {
        HashSet<Evaluation> reductions = [.. group.Reductions];
        HashSet<Node> stored = [.. group.Stored];
        Dictionary<Evaluation, int> again = [];
        foreach (Evaluation e in Order)
        {
            bool isPoint = group.PositionOf(e.Node, e.Index) == Position.Point && !reductions.Contains(e);
            again[e] = isPoint ? Math.Min(1000, e.Cost + e.Inputs.Where(i => !stored.Contains(i.Node)).Sum(again.GetValueOrDefault)) : 0;
        }

        for (int k = Order.Count - 1; k >= 0; k--)
        {
            Evaluation e = Order[k];
            if (reductions.Contains(e))
            {
                Need(e.Inputs, _ready[e] - 1);
                continue;
            }

            SortedSet<int> passes = PassesOf(e);
            if (group.PositionOf(e.Node, e.Index) != Position.Point)
            {
                // At other places it is computed where it is asked for.
                foreach (int pass in passes)
                {
                    Need(e.Inputs, pass);
                }

                continue;
            }

            if (stored.Contains(e.Node))
            {
                passes.Add(_ready[e]);
            }
            else if (passes.Count > 1 && again[e] > CheapAgain)
            {
                Kept.Add(e.Node);
                stored.Add(e.Node);
            }

            if (stored.Contains(e.Node) && passes.Count > 1)
            {
                int first = passes.Min;
                passes.Clear();
                passes.Add(first);
            }

            foreach (int pass in passes)
            {
                Need(e.Inputs, pass);
            }
        }
    }

    private void Need(List<Evaluation> inputs, int pass)
    {
        foreach (Evaluation input in inputs)
        {
            PassesOf(input).Add(pass);
        }
    }

    private SortedSet<int> PassesOf(Evaluation e)
    {
        if (!_passes.TryGetValue(e, out SortedSet<int>? passes))
        {
            _passes.Add(e, passes = []);
        }

        return passes;
    }
}
