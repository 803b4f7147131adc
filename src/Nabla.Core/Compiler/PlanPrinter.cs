using System.Globalization;
using System.Text;
using Nabla.Compiler.Emit;

namespace Nabla;

/// <summary>A plan as text: what it does and why, and the same loops as one C# class.</summary>
internal static class PlanPrinter
{
    /// <summary>Steps with what they compute, memory, decisions.</summary>
    public static string Explain(Executable executable)
    {
        Plan plan = executable.Plan;
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"plan of '{executable.Graph.Name}': {plan.Steps.Length} steps, {plan.ArenaBytes} bytes for intermediate values\n");
        foreach (PlanStep step in plan.Steps)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {step.Kernel.Name}: {step.Summary}\n");
            foreach (LoopBuffer buffer in step.Kernel.Buffers)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {buffer.Name}: {buffer.DType.Name} x {buffer.Count}, {Place(executable, plan.Pointers[step.Table + buffer.Id])}\n");
            }
        }

        foreach (string note in plan.Notes)
        {
            text.Append("  note: ").Append(note).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A class whose method <c>Run</c> does what the plan does, with plain loops for matrix products. It compiles against Nabla.Core.</summary>
    public static string ToCSharp(Executable executable)
    {
        Plan plan = executable.Plan;
        Graph graph = executable.Graph;
        StringBuilder text = new();
        void Line(string line) => text.Append(line).Append('\n');
        Line($"// The plan of '{graph.Name.ReplaceLineEndings(" ")}' as plain loops: what runs, without vectors and threads.");
        Line("using Nabla.Compiler;");
        Line("");
        Line($"public static unsafe class {Names.Identifier(graph.Name)}_plan");
        Line("{");
        Line("    /// <summary>Bytes of memory for intermediate values.</summary>");
        Line(string.Create(CultureInfo.InvariantCulture, $"    public const long ArenaBytes = {plan.ArenaBytes};"));
        Line("");
        Line("    /// <summary>Runs the plan once. All pointers are to row-major elements:</summary>");
        Describe(text, "inputs", graph.Inputs.Select(n => $"{((Leaf)n.Op).Label} {n.Type}"));
        Describe(text, "outputs", graph.Outputs.Select(o => $"{o.Name} {o.Node.Type}"));
        Describe(text, "literals", plan.Literals.Select(l => l.Type.ToString()));
        Line("    public static void Run(nint* inputs, nint* outputs, nint* literals, nint arena)");
        Line("    {");
        Line(string.Create(CultureInfo.InvariantCulture, $"        nint* buffers = stackalloc nint[{plan.Steps.Select(s => s.Kernel.Buffers.Length).Append(1).Max()}];"));
        foreach (PlanStep step in plan.Steps)
        {
            Line("");
            Line($"        // {step.Summary}");
            foreach (LoopBuffer buffer in step.Kernel.Buffers)
            {
                PointerSource source = plan.Pointers[step.Table + buffer.Id];
                string from = source.Kind switch
                {
                    StorageKind.Input => $"inputs[{source.Place}]; // {Place(executable, source)}",
                    StorageKind.Output => $"outputs[{source.Place}]; // {Place(executable, source)}",
                    StorageKind.Literal => $"literals[{source.Place}];",
                    _ => $"arena + {source.Place};",
                };
                Line(string.Create(CultureInfo.InvariantCulture, $"        buffers[{buffer.Id}] = {from}"));
            }

            Line(string.Create(CultureInfo.InvariantCulture, $"        {step.Kernel.Name}(buffers, 0, {step.Kernel.Extent});"));
        }

        Line("    }");
        foreach (PlanStep step in plan.Steps)
        {
            Line("");
            foreach (string line in CSharpPrinter.Print(step.Kernel).TrimEnd('\n').Split('\n'))
            {
                Line(line.Length == 0 ? "" : "    " + line);
            }
        }

        Line("}");
        return text.ToString();
    }

    private static void Describe(StringBuilder text, string parameter, IEnumerable<string> values) =>
        text.Append(CultureInfo.InvariantCulture, $"    /// <param name=\"{parameter}\">{System.Security.SecurityElement.Escape(string.Join(", ", values)).ReplaceLineEndings(" ")}.</param>\n");

    private static string Place(Executable executable, PointerSource source) => source.Kind switch
    {
        StorageKind.Input => $"input '{((Leaf)executable.Graph.Inputs[(int)source.Place].Op).Label.ReplaceLineEndings(" ")}'",
        StorageKind.Output => $"output '{executable.Graph.Outputs[(int)source.Place].Name.ReplaceLineEndings(" ")}'",
        StorageKind.Literal => string.Create(CultureInfo.InvariantCulture, $"literal {source.Place}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"arena + {source.Place}"),
    };
}
