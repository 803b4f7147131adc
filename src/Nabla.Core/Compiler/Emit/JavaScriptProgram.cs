using System.Globalization;
using System.Text;

namespace Nabla.Compiler.Emit;

/// <summary>
/// A graph as JavaScript source that needs nothing else: what runs in a page is printed from the graph that the interpreter runs and the plan is
/// made of. Floating numbers are doubles.
/// </summary>
internal static class JavaScriptProgram
{
    /// <summary>
    /// A graph of scalars as a function of its inputs, one argument each, that returns its outputs by name:
    /// <c>function f(w, b, x, y) { const c = w * x; ... return { c, a, d, J }; }</c>.
    /// </summary>
    /// <param name="graph">Scalars only. What is to be seen must be an output; other values stay inside expressions.</param>
    /// <param name="functionName">The function's name.</param>
    /// <param name="roundsCasts">Whether a cast to float32 rounds, as it does in the plan.</param>
    /// <exception cref="NotSupportedException">A value that is no scalar, or random numbers.</exception>
    public static string PrintScalar(Graph graph, string functionName = "f", bool roundsCasts = false) =>
        JavaScriptScalars.Print(graph, functionName, roundsCasts);

    /// <summary>
    /// A graph as a constant that is a function: <c>const step = (() => { ... return function step(inputs) { ... return outputs; }; })();</c>. Inputs
    /// and outputs are flat row-major arrays in the graph's order: Float64Array for floating numbers and int64, Int32Array for int32, Uint8Array for
    /// uint8 and truth values. The outputs' memory is the function's own and is written again at the next call.
    /// </summary>
    /// <param name="graph">Any graph without random numbers.</param>
    /// <param name="functionName">The function's name.</param>
    /// <param name="roundsCasts">Whether a cast to float32 rounds, as it does in the plan.</param>
    /// <exception cref="NotSupportedException">An op that cannot be printed; the message names it.</exception>
    public static string Print(Graph graph, string functionName, bool roundsCasts = false) => new Writer(graph, functionName, roundsCasts).Write();

    private sealed class Writer
    {
        private readonly Graph _graph;
        private readonly ScheduledPlan _plan;
        private readonly CSharpNames _names = new(JavaScriptText.ReservedWords);
        private readonly HashSet<string> _called = [];
        private readonly Dictionary<Storage, string> _known = [];
        private readonly StringBuilder _memory = new();
        private readonly StringBuilder _body = new();
        private readonly string[] _inputs;
        private readonly string[] _outputs;
        private readonly string _function;
        private readonly bool _roundsCasts;

        public Writer(Graph graph, string functionName, bool roundsCasts)
        {
            _roundsCasts = roundsCasts;
            _function = _names.Declare(functionName);
            _graph = Simplify.Run(Prepare.Run(graph));
            (var groups, var notes) = Fuse.Run(_graph, []);
            _plan = Schedule.Run(_graph, groups, notes, new CompileOptions());
            _inputs = [.. graph.Inputs.Select(n => _names.Declare(((Leaf)n.Op).Label))];
            _outputs = new string[graph.Outputs.Length];
        }

        public string Write()
        {
            foreach (StepDraft draft in _plan.Steps)
            {
                WriteStep(draft);
            }

            // An output without elements is written by no step.
            for (int i = 0; i < _outputs.Length; i++)
            {
                _outputs[i] ??= $"new {JavaScriptExpressions.ArrayName(_graph.Outputs[i].Node.TensorType.DType)}(0)";
            }

            StringBuilder text = new();
            text.Append(CultureInfo.InvariantCulture, $"const {_function} = (() => {{\n").Append(JavaScriptFunctions.Write(_called, "  ")).Append(_memory);
            text.Append(CultureInfo.InvariantCulture, $"  const outputs = [{string.Join(", ", _outputs)}];\n\n");
            text.Append("  /**\n");
            Describe(text, "inputs", _graph.Inputs.Select(n => $"{((Leaf)n.Op).Label} {n.Type}"));
            Describe(text, "outputs", _graph.Outputs.Select(o => $"{o.Name} {o.Node.Type}"));
            text.Append("   */\n");
            text.Append(CultureInfo.InvariantCulture, $"  return function {_function}(inputs) {{\n    const [{string.Join(", ", _inputs)}] = inputs;\n").Append(_body);
            return text.Append("    return outputs;\n  };\n})();\n").ToString();
        }

        private static void Describe(StringBuilder text, string what, IEnumerable<string> values) =>
            text.Append(CultureInfo.InvariantCulture, $"   * {what}: {JavaScriptText.Comment(string.Join(", ", values))}\n");

        private void WriteStep(StepDraft draft)
        {
            foreach (LoopBuffer buffer in draft.Kernel.Buffers)
            {
                Storage storage = draft.Storages[buffer.Id];
                if (!_known.TryGetValue(storage, out string? name))
                {
                    _known.Add(storage, name = Introduce(storage, draft));
                }

                _names.Use(buffer, name);
            }

            string what = Describe(draft);
            _body.Append(CultureInfo.InvariantCulture, $"\n    // {JavaScriptText.Comment(what)}\n");
            try
            {
                string loops = JavaScriptPrinter.PrintBody(draft.Kernel, _names, _called, _roundsCasts, depth: 3);
                _body.Append("    {\n").Append(loops).Append("    }\n");
            }
            catch (NotSupportedException e)
            {
                throw new NotSupportedException($"{e.Message} It stands in {what.ReplaceLineEndings(" ")}.", e);
            }
        }

        private string Introduce(Storage storage, StepDraft draft)
        {
            if (storage.Kind == StorageKind.Input)
            {
                return _inputs[storage.Place];
            }

            string array = JavaScriptExpressions.ArrayName(storage.DType);
            if (storage.Kind == StorageKind.Literal)
            {
                string literal = _names.Declare("values");
                _memory.Append(CultureInfo.InvariantCulture, $"  const {literal} = {array}.of({string.Join(", ", Elements(_plan.Literals[(int)storage.Place]))});\n");
                return literal;
            }

            string name = _names.Declare(storage.Name);
            string scope = draft.Stored.Count > 0 ? draft.Stored[0].Scope.Path : "";
            string comment = storage.Kind != StorageKind.Output && scope.Length > 0 ? $" // {JavaScriptText.Comment(scope)}" : "";
            _memory.Append(CultureInfo.InvariantCulture, $"  const {name} = new {array}({storage.Count});{comment}\n");
            if (storage.Kind == StorageKind.Output)
            {
                _outputs[storage.Place] = name;
            }

            return name;
        }

        private static IEnumerable<string> Elements(NDArray values) => values.DType == DType.Boolean
            ? values.AsSpan<bool>().ToArray().Select(b => b ? "1" : "0")
            : values.AsType(DType.Float64).AsSpan<double>().ToArray().Select(JavaScriptText.Number);

        private static string Describe(StepDraft draft)
        {
            string scopes = string.Join(", ", draft.Stored.Select(n => n.Scope.Path).Where(p => p.Length > 0).Distinct());
            string types = string.Join(", ", draft.Stored.Select(n => n.Type.ToString()).Distinct());
            return $"{scopes}{(scopes.Length > 0 ? ": " : "")}{draft.Summary}{(types.Length > 0 ? $" -> {types}" : "")}";
        }
    }
}
