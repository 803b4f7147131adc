using System.Text;
using Nabla.Compiler.Emit;

namespace Nabla.Explain;

/// <summary>The activations of a trace's layers as script: value and slope, printed from the functions that the layers record.</summary>
internal static class PageActivations
{
    /// <summary>
    /// <c>const activations = { "relu": (z) => ({ a, slope }), ... }</c>; an activation over several numbers at once, such as softmax, has no curve and is
    /// left out.
    /// </summary>
    public static string Script(Trace trace)
    {
        StringBuilder functions = new();
        List<string> entries = [];
        foreach (string name in trace.Layers.Select(l => l.Activation.Length == 0 ? "linear" : l.Activation).Distinct())
        {
            if (Function(name, $"activation{entries.Count}") is { } function)
            {
                functions.Append(function);
                entries.Add($"  {System.Text.Json.JsonSerializer.Serialize(name, PageJson.Default.String)}: activation{entries.Count},\n");
            }
        }

        return $"{functions}const activations = {{\n{string.Concat(entries)}}};\n";
    }

    private static string? Function(string name, string function)
    {
        if (!Activation.Names.Contains(name) || name.Contains("softmax", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            GraphBuilder builder = new();
            Tensor z = builder.Input("z", TensorType.Scalar(DType.Float64));
            Tensor a = ((Activation)name).Apply(z);
            Tensor slope = Differentiate.Gradients(a, z)[0];
            return JavaScriptProgram.PrintScalar(Simplify.Run(new Graph("activation", [z.Node], [new GraphOutput("a", a.Node), new GraphOutput("slope", slope.Node)])), function);
        }
        catch (Exception e) when (e is NotSupportedException or ShapeException)
        {
            return null;
        }
    }
}

/// <summary>The serializer of words for scripts, made at compile time.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class PageJson : System.Text.Json.Serialization.JsonSerializerContext;
