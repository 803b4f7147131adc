using System.Globalization;
using System.Text;
using Nabla.Compiler.Emit;

namespace Nabla;

/// <summary>A plan as text for people.</summary>
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
                PointerSource source = plan.Pointers[step.Table + buffer.Id];
                string place = source.Kind switch
                {
                    StorageKind.Input => $"input '{((Leaf)executable.Graph.Inputs[(int)source.Place].Op).Label}'",
                    StorageKind.Output => $"output '{executable.Graph.Outputs[(int)source.Place].Name}'",
                    StorageKind.Literal => string.Create(CultureInfo.InvariantCulture, $"literal {source.Place}"),
                    _ => string.Create(CultureInfo.InvariantCulture, $"arena + {source.Place}"),
                };
                text.Append(CultureInfo.InvariantCulture, $"    {buffer.Name}: {buffer.DType.Name} x {buffer.Count}, {place}\n");
            }
        }

        foreach (string note in plan.Notes)
        {
            text.Append("  note: ").Append(note).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The kernels as C#.</summary>
    public static string Kernels(Plan plan) => string.Join('\n', plan.Steps.Select(s => CSharpPrinter.Print(s.Kernel)));
}
