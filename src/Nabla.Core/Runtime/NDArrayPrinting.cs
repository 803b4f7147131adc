using System.Text;

namespace Nabla;

/// <summary>Arrays as text, laid out as NumPy lays them out.</summary>
internal static class NDArrayPrinting
{
    private const int LineWidth = 75;
    private const int ElideAbove = 1000;
    private const int Edge = 3;

    internal static string Print(NDArray array)
    {
        if (array.Rank == 0)
        {
            return ElementText.Scalar(array);
        }

        if (array.Count == 0)
        {
            return "[]";
        }

        bool elide = array.Count > ElideAbove;
        List<int> shown = [];
        Collect(array.Dims, 0, 0, elide, shown);
        string[] words = ElementText.Column(array, shown);
        var text = new StringBuilder();
        int next = 0;
        Append(text, array.Dims, 0, elide, words, ref next);
        return text.ToString();
    }

    // The flat positions of the elements that are shown, in order: columns are as wide as these need, not as the elided ones would.
    private static void Collect(Dims dims, int axis, int first, bool elide, List<int> shown)
    {
        if (axis == dims.Rank)
        {
            shown.Add(first);
            return;
        }

        int stride = dims[(axis + 1)..].Count;
        foreach (int i in Positions(dims[axis].Size, elide))
        {
            if (i >= 0)
            {
                Collect(dims, axis + 1, first + (i * stride), elide, shown);
            }
        }
    }

    // The positions along an axis; -1 stands for the dots.
    private static IEnumerable<int> Positions(int size, bool elide) => elide && size > 2 * Edge
        ? [0, 1, 2, -1, size - 3, size - 2, size - 1]
        : Enumerable.Range(0, size);

    private static void Append(StringBuilder text, Dims dims, int axis, bool elide, string[] words, ref int next)
    {
        string indent = new(' ', axis + 1);
        text.Append('[');
        if (axis == dims.Rank - 1)
        {
            AppendRow(text, dims[axis].Size, elide, indent, words, ref next);
        }
        else
        {
            string separator = new('\n', dims.Rank - 1 - axis);
            bool first = true;
            foreach (int i in Positions(dims[axis].Size, elide))
            {
                text.Append(first ? "" : separator + indent);
                first = false;
                if (i < 0)
                {
                    text.Append("...");
                }
                else
                {
                    Append(text, dims, axis + 1, elide, words, ref next);
                }
            }
        }

        text.Append(']');
    }

    private static void AppendRow(StringBuilder text, int size, bool elide, string indent, string[] words, ref int next)
    {
        // A line keeps room for the brackets that may close on it.
        int limit = LineWidth - indent.Length;
        int column = indent.Length;
        bool first = true;
        foreach (int i in Positions(size, elide))
        {
            string word = i < 0 ? "..." : words[next++];
            int gap = first ? 0 : 1;
            if (!first && column + gap + word.Length > limit)
            {
                text.Append('\n').Append(indent);
                column = indent.Length;
                gap = 0;
            }

            text.Append(' ', gap).Append(word);
            column += gap + word.Length;
            first = false;
        }
    }
}
