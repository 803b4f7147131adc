using System.Collections.Immutable;
using System.Globalization;

namespace Nabla;

/// <summary>The steps of a plan in order, and the memory of every value, before addresses are given.</summary>
/// <param name="Steps">In the order in which they run.</param>
/// <param name="Literals">The constant arrays that steps read.</param>
/// <param name="Notes">Decisions, for people.</param>
internal sealed record ScheduledPlan(ImmutableArray<StepDraft> Steps, ImmutableArray<NDArray> Literals, ImmutableArray<string> Notes);

/// <summary>Lowers groups to steps, gives each stored value its memory, and makes outputs that overwrite inputs safe.</summary>
internal sealed class Schedule
{
    private readonly Graph _graph;
    private readonly Dictionary<Node, Storage> _storages = [];
    private readonly List<NDArray> _literals = [];
    private readonly List<StepDraft> _steps = [];
    private readonly List<string> _notes;
    private readonly int _shards;

    private Schedule(Graph graph, IEnumerable<string> notes, int shards)
    {
        _graph = graph;
        _shards = shards;
        _notes = [.. notes];
    }

    /// <summary>Schedules groups.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="groups">Its groups in a valid order.</param>
    /// <param name="notes">What was decided so far.</param>
    /// <param name="options">Which outputs overwrite inputs, and how many threads share the work.</param>
    public static ScheduledPlan Run(Graph graph, ImmutableArray<FusedGroup> groups, ImmutableArray<string> notes, CompileOptions options)
    {
        Schedule schedule = new(graph, notes, options.Threads);
        List<(Storage From, Storage To)> copies = schedule.PlaceOutputs();
        foreach (FusedGroup group in groups)
        {
            schedule.Lower(group);
        }

        foreach ((Storage from, Storage to) in copies)
        {
            schedule._steps.Add(LowerStatements.Copy(from, to, schedule.StepName("copy")));
        }

        schedule.OverwriteInputs(options.InPlace);
        return new ScheduledPlan([.. schedule._steps], [.. schedule._literals], [.. schedule._notes]);
    }

    /// <summary>The node whose memory a view shows.</summary>
    public static Node BaseOf(Node node)
    {
        while (node.Op.Lower is Lowering.View)
        {
            node = node.Inputs[0];
        }

        return node;
    }

    // An output is written where its caller wants it; one that is an input, a constant array or another output's value is copied.
    private List<(Storage From, Storage To)> PlaceOutputs()
    {
        List<(Storage From, Storage To)> copies = [];
        for (int i = 0; i < _graph.Outputs.Length; i++)
        {
            (string name, Node node) = _graph.Outputs[i];
            Node source = BaseOf(node);
            Storage output = new(name, node.TensorType.DType, node.TensorType.Dims.Count) { Kind = StorageKind.Output, Place = i };
            if (source.Op.Lower == Lowering.Bound || !_storages.TryAdd(source, output))
            {
                copies.Add((StorageOf(source), output));
                _notes.Add($"Output '{name}' is a copy of {source.Op.Name}: its value has memory of its own.");
            }
        }

        return copies;
    }

    private void Lower(FusedGroup group)
    {
        switch (group.Kind)
        {
            case GroupKind.Nest:
                Phases phases = Phases.Of(group);
                foreach (Node kept in phases.Kept)
                {
                    group.Stored.Add(kept);
                    _notes.Add($"{kept.Op.Name} : {kept.Type} is kept in memory between two passes over a row: computing it again costs more.");
                }

                _steps.Add(LowerNest.Run(group, phases, StepName(group.Stored), StorageOf));
                break;
            case GroupKind.Reduction:
                _steps.Add(LowerReduction.Run(group, StepName(group.Stored), StorageOf));
                break;
            case GroupKind.Contraction:
                _steps.Add(LowerContraction.Run(group.Anchor!, StepName(group.Stored), StorageOf, _shards));
                break;
            default:
                _steps.Add(LowerStatements.Run(group.Anchor!, StepName(group.Stored), StorageOf));
                break;
        }

        _steps[^1].Stored = group.Stored;
    }

    private string StepName(List<Node> stored) =>
        StepName(string.Join('_', stored.Take(3).Select(n => n.Scope.Name.Length > 0 ? $"{n.Scope.Name}_{n.Op.Name}" : n.Op.Name)));

    private string StepName(string text) => string.Create(CultureInfo.InvariantCulture, $"Step{_steps.Count}_{Names.Identifier(text)}");

    private Storage StorageOf(Node node)
    {
        node = BaseOf(node);
        if (!_storages.TryGetValue(node, out Storage? storage))
        {
            TensorType type = node.TensorType;
            (string name, StorageKind kind, int place) = node.Op switch
            {
                Leaf leaf => (leaf.Label, StorageKind.Input, _graph.Inputs.IndexOf(node)),
                Literal => ("literal", StorageKind.Literal, _literals.Count),
                _ => (node.Op.Name, StorageKind.Arena, -1),
            };
            if (node.Op is Literal literal)
            {
                _literals.Add(literal.Value);
            }

            storage = new Storage(name, type.DType, type.Dims.Count) { Kind = kind, Place = place };
            _storages.Add(node, storage);
        }

        return storage;
    }

    // An output shares an input's memory: nothing may read the input after the output is written. The groups' order already puts
    // updates last where it can; where a reader comes later all the same, the output is made aside and copied at the very end.
    private void OverwriteInputs(ImmutableArray<(int Output, int Input)> inPlace)
    {
        List<(Storage From, Storage To)> late = [];
        foreach ((int output, int input) in inPlace)
        {
            Storage read = StorageOf(_graph.Inputs[input]);
            int writer = _steps.FindIndex(s => s.Storages.Exists(m => m.Kind == StorageKind.Output && m.Place == output));
            Storage written = _steps[writer].Storages.Find(m => m.Kind == StorageKind.Output && m.Place == output)!;
            int lastReader = _steps.FindLastIndex(s => s.Reads(read));
            if (lastReader > writer || (lastReader == writer && !_steps[writer].CanOverlay(read, written)))
            {
                Storage target = new(written.Name, written.DType, written.Count) { Kind = StorageKind.Output, Place = output };
                written.Kind = StorageKind.Arena;
                written.Place = -1;
                late.Add((written, target));
                _notes.Add($"Output '{_graph.Outputs[output].Name}' is made aside and copied over its input at the end: a later step still reads the input.");
            }
        }

        foreach ((Storage from, Storage to) in late)
        {
            _steps.Add(LowerStatements.Copy(from, to, StepName("copy")));
        }
    }
}
