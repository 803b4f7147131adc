using System.Globalization;

namespace Nabla.Explain;

/// <summary>One element of one value of a trace.</summary>
/// <param name="Node">The node.</param>
/// <param name="Index">The element, row-major.</param>
internal readonly record struct TraceElement(int Node, int Index)
{
    /// <summary>Finds an element by its words: <c>W^[1][3,2]</c>, or by the program's path <c>dense_1.kernel[3,2]</c>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static TraceElement Of(Trace trace, string words)
    {
        int open = words.LastIndexOf('[');
        bool hasPlace = open > 0 && words.EndsWith(']') && words[open - 1] != '^';
        string name = hasPlace ? words[..open] : words;
        string path = name.Replace('.', '/');
        TraceNode node = trace.Nodes.FirstOrDefault(n => n.Name == name)
            ?? (trace.Update?.Parameters.FirstOrDefault(p => p.Path == path || p.Path.EndsWith($"/{path}", StringComparison.Ordinal)) is { } parameter ? trace.Nodes[parameter.Node] : null)
            ?? throw DidYouMean.Unknown("Element", name, trace.Nodes.Select(n => n.Name).Concat(trace.Update?.Parameters.Select(p => p.Path) ?? []), "Write its indices behind it, as in W^[1][3,2].");
        string[] indices = hasPlace ? words[(open + 1)..^1].Split(',') : [];
        int index = 0;
        for (int axis = 0; axis < node.Dims.Count; axis++)
        {
            if (axis >= indices.Length || indices.Length != node.Dims.Count || !int.TryParse(indices[axis], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int at) || at >= node.Dims[axis])
            {
                throw new ArgumentException($"Element '{words}': expected {node.Dims.Count} indices below {TensorCells.Shape(node.Dims)}, counted from 0, as in {node.Name}{TensorCells.Place(0, node.Dims)}.", nameof(words));
            }

            index = (index * node.Dims[axis]) + at;
        }

        return new TraceElement(node.Id, index);
    }
}
