namespace Nabla.Explain;

/// <summary>Says of an op's first value that is not finite where it stands and what went in.</summary>
internal sealed class BirthWriter<T>(NumberSystem<T> math, IReadOnlyDictionary<Node, Value<T>> values, IReadOnlyList<int> rows)
{
    public BirthPlace Write(Node node)
    {
        Value<T> value = values[node];
        while (value.Items.Length > 0)
        {
            value = value.Items.First(i => i.Items.Length > 0 || Place(i) >= 0);
        }

        // NaN where there is one: the rest of a row may be infinite for another reason.
        int nan = Array.FindIndex(value.Floats, v => double.IsNaN(math.ToDouble(v)));
        int place = nan >= 0 ? nan : Place(value);
        Dims dims = value.Dims;
        int[] strides = dims.Strides();
        int[] index = [.. strides.Select((s, axis) => place / s % Math.Max(1, dims[axis].Size))];
        int? row = index.Length > 0 && (dims[0].Name == StepGraphs.Batch || dims[0].Size == rows.Count) && index[0] < rows.Count ? rows[index[0]] : null;
        (string text, IReadOnlyList<double> inputs) = Describe(node, place, Figures.Text(math.ToDouble(value.Floats[place])));
        return new BirthPlace(node.Op.Name, Where(node), node.Source, $"[{string.Join(", ", index)}]", row, text, inputs) { DerivativeOf = DerivativeOf(node) };
    }

    // The forward op of the same place in the program that gave, or took, a value that goes in here.
    private string? DerivativeOf(Node node)
    {
        if (node.Scope.Name != "backward")
        {
            return null;
        }

        Node[] forward = [.. values.Keys.Where(n => n.Id < node.Id && n.Scope == node.Scope.Parent && n.Op is not (Leaf or Ops.Constant or Ops.Cast or Ops.Broadcast or Ops.Reshape)).OrderBy(n => n.Id)];
        Node? gave = forward.FirstOrDefault(node.Inputs.Contains);
        return (gave is { Op: UnaryOp } ? gave : forward.FirstOrDefault(n => n.Inputs.Any(node.Inputs.Contains)) ?? gave)?.Op.Name;
    }

    private int Place(Value<T> value) => value.Type is TensorType { DType.IsFloat: true } ? Array.FindIndex(value.Floats, v => !double.IsFinite(math.ToDouble(v))) : -1;

    private static string Where(Node node) => node.Scope.Path.Length > 0 ? node.Scope.Path : node.Op is Leaf leaf ? leaf.Label : "the model";

    private (string Text, IReadOnlyList<double> Inputs) Describe(Node node, int place, string result)
    {
        if (node.Op is Leaf leaf)
        {
            return ($"{leaf.Label} = {result}", []);
        }

        bool isElementwise = node.Type is TensorType type && node.Op is UnaryOp or BinaryOp or Select
            && node.Inputs.All(i => i.TensorType.Dims.SameSizes(node.TensorType.Dims));
        if (isElementwise)
        {
            double[] inputs = [.. node.Inputs.Where(i => i.TensorType.DType.IsFloat).Select(i => math.ToDouble(values[i].Floats[place]))];
            string[] texts = [.. inputs.Select(Figures.Text)];
            return ($"{Formula(node.Op, texts)} = {result}", inputs);
        }

        // Of an op over many values only how far they reach can be said.
        double[] all = [.. node.Inputs.Where(i => i.Type is TensorType { DType.IsFloat: true }).SelectMany(i => values[i].Floats.Select(math.ToDouble))];
        double[] range = all.Length == 0 ? [] : [all.Min(), all.Max()];
        return ($"{node.Op.Name} of values from {(range.Length == 0 ? "nothing" : $"{Figures.Text(range[0])} to {Figures.Text(range[1])}")} = {result}", range);
    }

    private static string Formula(Op op, string[] inputs) => op switch
    {
        Ops.Add => $"{inputs[0]} + {Signed(inputs[1])}",
        Ops.Subtract => $"{inputs[0]} - {Signed(inputs[1])}",
        Ops.Multiply => $"{inputs[0]} * {Signed(inputs[1])}",
        Ops.Divide => $"{inputs[0]} / {Signed(inputs[1])}",
        Ops.Power => $"({inputs[0]})^{Signed(inputs[1])}",
        _ => $"{op.Name}({string.Join(", ", inputs)})",
    };

    private static string Signed(string number) => number.StartsWith('-') ? $"({number})" : number;
}
