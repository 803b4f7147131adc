using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>How a graph is compiled into a plan.</summary>
/// <example><code>
/// Executable plan = Executable.Compile(FormulaParser.Parse("w^2"), new CompileOptions { Threads = 4 });
/// </code></example>
public sealed record CompileOptions
{
    /// <summary>Logical shards that the work of a step is cut into and the threads that share it: 1 by default. The bits of the result do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Whether machine code is emitted; by default where the runtime allows it, unless the AppContext switch <c>Nabla.DynamicCode</c> or the
    /// environment variable <c>NABLA_DYNAMIC_CODE</c> is false. Otherwise prebuilt kernels are bound: complete, slower.
    /// </summary>
    public bool? DynamicCode { get; init; }

    internal bool UsesDynamicCode => RuntimeFeature.IsDynamicCodeSupported && (DynamicCode ?? DynamicCodeByDefault);

    private static bool DynamicCodeByDefault { get; } = AppContext.TryGetSwitch("Nabla.DynamicCode", out bool isOn)
        ? isOn
        : Environment.GetEnvironmentVariable("NABLA_DYNAMIC_CODE") is not ("0" or "false");

    /// <summary>
    /// Outputs that overwrite inputs, as (output, input) places: a training step's new parameters. Whoever runs the plan binds both to one buffer.
    /// The plan writes such an output only after the last read of that input.
    /// </summary>
    public ImmutableArray<(int Output, int Input)> InPlace { get; init; } = [];
}
