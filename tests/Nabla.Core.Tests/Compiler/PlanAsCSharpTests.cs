using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nabla.Core.Tests;

/// <summary>A plan printed as C# compiles and computes what the interpreter computes.</summary>
public unsafe class PlanAsCSharpTests
{
    private static readonly TensorType Matrix = new(DType.Float64, Dims.Of(6, 6));

    [Fact]
    public void A_training_step_printed_as_a_class_computes_the_same() => Check(PlanCheck.Trace(
        x =>
        {
            Tensor h = (x[0].MatMul(x[1]) + x[2]).Tanh();
            Tensor loss = (Nn.Softmax(h) * x[3]).Sum(1).Log().Mean();
            var gradients = Differentiate.Gradients(loss, x[1], x[2]);
            return [loss, x[1] - 0.1 * gradients[0], x[2] - 0.1 * gradients[1], h.ArgMax(1)];
        },
        Matrix, Matrix, new TensorType(DType.Float64, Dims.Of(6)), Matrix));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_random_program_printed_as_a_class_computes_the_same(int seed) => Check(RandomGraph.Make(3000 + seed, DType.Float64, 40));

    [Fact]
    public void The_text_says_what_each_step_reads_and_writes()
    {
        string text = Executable.Compile(PlanCheck.Trace(x => [(x[0].MatMul(x[0]) + 1).Tanh()], Matrix)).ToCSharp();
        Assert.Contains("public static unsafe class test_plan", text, StringComparison.Ordinal);
        Assert.Contains("// matmul 6x6 by 6x6", text, StringComparison.Ordinal);
        Assert.Contains("= inputs[0]; // input 'x0'", text, StringComparison.Ordinal);
        Assert.Contains("= outputs[0]; // output 'y0'", text, StringComparison.Ordinal);
        Assert.Contains("PlanMath.Tanh(", text, StringComparison.Ordinal);
    }

    private static void Check(Graph graph)
    {
        Executable executable = Executable.Compile(graph);
        MethodInfo run = Compile(executable.ToCSharp());
        NDArray[] inputs = [.. graph.Inputs.Select((n, i) => PlanCheck.Values(n.TensorType, i))];
        TensorBuffer[] given = [.. inputs.Select(TensorBuffer.Copy)];
        TensorBuffer[] made = [.. graph.Outputs.Select(o => TensorBuffer.Zeros(o.Node.TensorType))];
        Arena arena = new(executable.Plan.ArenaBytes);
        fixed (nint* i = given.Select(b => b.Pointer).Append(0).ToArray())
        fixed (nint* o = made.Select(b => b.Pointer).ToArray())
        fixed (nint* l = executable.Plan.Literals.Select(b => b.Pointer).Append(0).ToArray())
        {
            ((delegate*<nint*, nint*, nint*, nint, void>)run.MethodHandle.GetFunctionPointer())(i, o, l, arena.Pointer);
        }

        PlanCheck.Compare(graph, inputs, [.. made.Select(b => b.ToArray())]);
        GC.KeepAlive(given);
        GC.KeepAlive(arena);
        GC.KeepAlive(executable);
    }

    private static MethodInfo Compile(string source)
    {
        MetadataReference[] references =
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path) is "System.Private.CoreLib.dll" or "System.Runtime.dll" or "Nabla.Core.dll")
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
        var compilation = CSharpCompilation.Create(
            "PrintedPlan" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(source)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true));
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)) + "\n" + source);
        return Assembly.Load(image.ToArray()).GetTypes().Single(t => t.Name.EndsWith("_plan", StringComparison.Ordinal)).GetMethod("Run")!;
    }
}
