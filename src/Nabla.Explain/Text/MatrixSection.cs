namespace Nabla.Explain;

/// <summary>The four equations of backpropagation in matrices, with the shapes and the trace's own numbers.</summary>
internal static class MatrixSection
{
    public static IEnumerable<string> Lines(Trace trace, IReadOnlyList<LessonLayer> layers, Wording words)
    {
        yield return "MATRIX FORM (columns are vectors; T transposes)";
        if (layers.Count == 0)
        {
            yield return " This formula has no layers that could be stacked. Try one of the lessons chain, two-layer, larger, logistic, mazur.";
            yield break;
        }

        string cost = words.Name(trace.Result.Name);
        yield return $" a^0 = {Vector(layers[0].Inputs, Value)}   {Shape(layers[0].Inputs.Count, 1)}, the inputs";
        foreach ((int l, LessonLayer layer) in layers.Index())
        {
            int rows = layer.Outputs.Count;
            int columns = layer.Inputs.Count;
            yield return $" W^{l + 1} = {Matrix(layer, Value)}   b^{l + 1} = {Vector(layer.Biases, Value)}";
            yield return $" z^{l + 1} = W^{l + 1} a^{l} + b^{l + 1}   {Shape(rows, columns)}{Shape(columns, 1)} + {Shape(rows, 1)} = {Vector(layer.PreActivations, Value)}";
            yield return $" a^{l + 1} = g(z^{l + 1})   {Shape(rows, 1)} = {Vector(layer.Outputs, Value)}   g = {layer.Activation}";
        }

        for (int l = layers.Count; l >= 1; l--)
        {
            LessonLayer layer = layers[l - 1];
            int rows = layer.Outputs.Count;
            yield return l == layers.Count
                ? $" {words.Delta}^{l} = grad_a {cost} {words.Hadamard} g'(z^{l})   {Shape(rows, 1)} {words.Hadamard} {Shape(rows, 1)} = {Vector(layer.PreActivations, Slope)}"
                : $" {words.Delta}^{l} = ((W^{l + 1})T {words.Delta}^{l + 1}) {words.Hadamard} g'(z^{l})   ({Shape(layers[l].Outputs.Count, rows)}T {Shape(layers[l].Outputs.Count, 1)}) {words.Hadamard} {Shape(rows, 1)} = {Vector(layer.PreActivations, Slope)}";
            yield return $"   d{cost}/db^{l} = {words.Delta}^{l}   d{cost}/dW^{l} = {words.Delta}^{l} (a^{l - 1})T   {Shape(rows, 1)}{Shape(1, layer.Inputs.Count)} = {Matrix(layer, Slope)}";
        }

        if (layers.Any(l => l.Biases.Distinct().Count() < l.Biases.Count))
        {
            yield return " Neurons that share one bias add their deltas: its derivative is the sum of the vector.";
        }

        string Value(string name) => words.Number(trace[name].Values[0]);

        string Slope(string name) => words.Number(trace[name].Gradient![0]);
    }

    private static string Shape(int rows, int columns) => $"({rows}x{columns})";

    private static string Vector(IReadOnlyList<string> names, Func<string, string> number) => $"[{string.Join("; ", names.Select(number))}]";

    private static string Matrix(LessonLayer layer, Func<string, string> number) =>
        $"[{string.Join("; ", layer.Weights.Select(row => string.Join(", ", row.Select(number))))}]";
}
