using System.Collections.Immutable;

namespace Nabla;

/// <summary>How a graph is compiled into a plan.</summary>
public sealed record CompileOptions
{
    /// <summary>Logical shards that the work of a step is cut into and the threads that share it: 1 by default. The bits of the result do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether machine code is emitted; by default where the runtime allows it. Otherwise prebuilt kernels are bound: complete, slower.</summary>
    public bool? DynamicCode { get; init; }

    /// <summary>
    /// Outputs that overwrite inputs, as (output, input) places: a training step's new parameters. Whoever runs the plan binds both to one buffer.
    /// The plan writes such an output only after the last read of that input.
    /// </summary>
    public ImmutableArray<(int Output, int Input)> InPlace { get; init; } = [];
}
