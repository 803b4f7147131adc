using Nabla.Compiler.Emit;

namespace Nabla.Core.Tests.Compiler.Emit;

/// <summary>Runs one kernel by all its readings over the same memory and compares the bytes that they leave.</summary>
internal static class ReadingsOfLoops
{
    /// <summary>All readings leave the same bytes, which are returned by <paramref name="read"/>.</summary>
    public static T AgreeOn<T>(LoopKernel kernel, Action<KernelMemory> fill, Func<KernelMemory, T> read, int misalignment = 0, IReadOnlyDictionary<int, int>? alias = null)
    {
        (byte[] expected, T values) = Run(kernel, LoopEvaluator.Of(kernel), fill, read, misalignment, alias);
        foreach ((string name, KernelBody body) in Compiled(kernel))
        {
            (byte[] actual, _) = Run(kernel, body, fill, read, misalignment, alias);
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"{name} differs from the evaluator at byte {expected.AsSpan().CommonPrefixLength(actual)} of {kernel.Name}:\n{CSharpPrinter.Print(kernel)}");
        }

        return values;
    }

    public static IEnumerable<(string Name, KernelBody Body)> Compiled(LoopKernel kernel) =>
    [
        ("IL", KernelFactory.Create(kernel, dynamicCode: true)),
        ("C#", CompiledCSharp.Of(kernel)),
    ];

    public static (byte[] Bytes, T Values) Run<T>(LoopKernel kernel, KernelBody body, Action<KernelMemory> fill, Func<KernelMemory, T> read, int misalignment = 0, IReadOnlyDictionary<int, int>? alias = null)
    {
        using var memory = new KernelMemory(kernel.Buffers, misalignment, alias);
        fill(memory);
        memory.Run(body, 0, kernel.Extent);
        return (memory.Snapshot(), read(memory));
    }
}
