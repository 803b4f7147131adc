namespace Nabla;

/// <summary>
/// Einstein's sums of two tensors over named axes, as a matrix product: axes in both and in the result are batches, axes in both alone are
/// summed over, axes in one alone are rows or columns.
/// </summary>
internal static class Einsum
{
    /// <summary>The sum of products; every axis has a letter, and each letter stands once in a term.</summary>
    /// <param name="left">The axes of <paramref name="a"/>; the first is the data's batch and stays an axis of its own.</param>
    /// <param name="right">The axes of <paramref name="b"/>.</param>
    /// <param name="result">The axes of the result, each of which one of the operands has.</param>
    /// <param name="a">The left operand.</param>
    /// <param name="b">The right operand, with as many elements on a common axis.</param>
    public static Tensor Run(string left, string right, string result, Tensor a, Tensor b)
    {
        Dictionary<char, Dim> sizes = [];
        foreach ((char axis, Dim dim) in right.Zip(b.Dims).Concat(left.Zip(a.Dims)))
        {
            sizes[axis] = dim;
        }

        // Axes that only one operand has, and the result has not, are summed over before.
        (left, a) = SumOver(left, a, axis => right.Contains(axis) || result.Contains(axis));
        (right, b) = SumOver(right, b, axis => left.Contains(axis) || result.Contains(axis));
        char[] shared = [.. left.Where(axis => right.Contains(axis) && result.Contains(axis))];
        char[] summed = [.. left.Where(axis => right.Contains(axis) && !result.Contains(axis))];
        char[] rows = [.. left.Where(axis => !right.Contains(axis))];
        char[] columns = [.. right.Where(axis => !left.Contains(axis))];

        // The batch must not be flattened together with another axis: the last batch of an epoch is smaller.
        bool apart = rows.Contains(left[0]) && rows.Length + shared.Length > 1;
        char[] batch = apart ? [left[0]] : [];
        rows = [.. rows.Except(batch)];

        Dims Of(IEnumerable<char> axes) => [.. axes.Select(axis => sizes[axis])];
        Dim Flat(char[] axes) => axes.Length == 1 ? sizes[axes[0]] : Of(axes).Count;
        Tensor x = Order(left, a, [.. batch, .. shared, .. rows, .. summed]).Reshape([.. Of(batch), .. Of(shared), Flat(rows), Flat(summed)]);
        Tensor y = Order(right, b, [.. shared, .. summed, .. columns]).Reshape([.. Of(shared), Flat(summed), Flat(columns)]);
        Tensor product = x.MatMul(y).Reshape(Of([.. batch, .. shared, .. rows, .. columns]));
        return Order([.. batch, .. shared, .. rows, .. columns], product, [.. result]);
    }

    private static (string Axes, Tensor Tensor) SumOver(string axes, Tensor x, Func<char, bool> kept) => axes.All(kept)
        ? (axes, x)
        : (new string([.. axes.Where(kept)]), x.Sum([.. Enumerable.Range(0, axes.Length).Where(i => !kept(axes[i]))]));

    private static Tensor Order(IReadOnlyList<char> from, Tensor x, char[] to) => x.Transpose([.. to.Select(axis => from.ToList().IndexOf(axis))]);

    private static Tensor Order(string from, Tensor x, char[] to) => Order([.. from], x, to);
}
