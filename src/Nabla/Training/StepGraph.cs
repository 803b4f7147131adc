using System.Collections.Immutable;

namespace Nabla;

/// <summary>A recorded step and the variables it reads and writes.</summary>
/// <param name="Graph">Its inputs: <paramref name="Given"/> values bound by the caller, then one for each variable read.</param>
/// <param name="Given">How many inputs the caller binds.</param>
/// <param name="Reads">The variables behind the other inputs, in order.</param>
/// <param name="Writes">The variables that the first outputs overwrite, in order.</param>
internal sealed record StepGraph(Graph Graph, int Given, IReadOnlyList<Variable> Reads, IReadOnlyList<Variable> Writes)
{
    /// <summary>Which outputs overwrite which inputs.</summary>
    public ImmutableArray<(int Output, int Input)> InPlace { get; } =
        [.. Writes.Select((v, output) => (output, Given + IndexOf(Reads, v)))];

    /// <summary>The same step for another number of samples, without running the layers' code again.</summary>
    public StepGraph Resized(int batch) => this with { Graph = Resize.Run(Graph, StepGraphs.Batch, batch) };

    /// <summary>Memory for runs of a plan of this step, with every variable bound.</summary>
    public Execution Bind(Executable plan)
    {
        Execution execution = plan.CreateExecution();
        for (int i = 0; i < Reads.Count; i++)
        {
            execution.BindInput(Given + i, Reads[i].Buffer);
        }

        for (int i = 0; i < Writes.Count; i++)
        {
            execution.BindOutput(i, Writes[i].Buffer);
        }

        return execution;
    }

    private static int IndexOf(IReadOnlyList<Variable> variables, Variable variable)
    {
        for (int i = 0; i < variables.Count; i++)
        {
            if (ReferenceEquals(variables[i], variable))
            {
                return i;
            }
        }

        throw new InvalidOperationException($"Step: '{variable.Name}' is written but not read.");
    }
}
