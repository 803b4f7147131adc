namespace Nabla.Tests.Layers;

/// <summary>Equations against sums written out in loops.</summary>
public sealed class EinsumDenseTests
{
    public static TheoryData<string, int[], int?[], int[], int[]> Equations => new()
    {
        { "ab,bc->ac", [3, 4], [5], [4, 5], [3, 5] },
        { "abc,cd->abd", [3, 2, 4], [null, 5], [4, 5], [3, 2, 5] },
        { "abc,bd->adc", [3, 2, 4], [5, null], [2, 5], [3, 5, 4] },
        { "abc,cde->abde", [3, 2, 4], [null, 5, 2], [4, 5, 2], [3, 2, 5, 2] },
        { "abcd,cde->abe", [3, 2, 4, 2], [2, 6], [4, 2, 6], [3, 2, 6] },
        { "abc,bcd->abd", [3, 2, 4], [2, 5], [2, 4, 5], [3, 2, 5] },
        { "abc,bcd->adb", [3, 2, 4], [5, null], [2, 4, 5], [3, 5, 2] },
        { "abc,c->ab", [3, 2, 4], [null], [4], [3, 2] },
        { "abc,b->abc", [3, 2, 4], [null, null], [2], [3, 2, 4] },
        { "ab,c->abc", [3, 4], [null, 2], [2], [3, 4, 2] },
        { "abc,bd->ad", [3, 2, 4], [5], [2, 5], [3, 5] },
        { "aecd,abcd->acbe", [3, 2, 4, 2], [4, 5, 2], [], [] },
        { "...x,xy->...y", [3, 2, 2, 4], [5], [4, 5], [3, 2, 2, 5] },
        { "...x,xy->...y", [3, 4], [5], [4, 5], [3, 5] },
        { "...bc,bcd->...bd", [3, 2, 2, 4], [2, 5], [2, 4, 5], [3, 2, 2, 5] },
        { "ab...,bc->ac...", [3, 2, 4, 2], [5], [2, 5], [3, 5, 4, 2] },
    };

    [Theory]
    [MemberData(nameof(Equations))]
    public void An_equation_gives_the_sums_it_says(string equation, int[] input, int?[] outputShape, int[] kernel, int[] output)
    {
        if (kernel.Length == 0)
        {
            // The batch in the kernel: every sample would have weights of its own.
            Assert.Contains("the batch, 'a', as the first axis of input and output alone", Assert.Throws<ArgumentException>(() => new EinsumDense(equation, outputShape)).Message, StringComparison.Ordinal);
            return;
        }

        EinsumDense layer = new(equation, outputShape, kernelInitializer: new RandomUniform(seed: 1), dtype: DType.Float64);
        NDArray x = Numbers(input);
        NDArray y = layer.Call(x);
        Assert.Equal(kernel, layer.Weights[0].Type.Dims.Sizes);
        Assert.Equal(output, y.Dims.Sizes);
        Goldens.Close(ByHand(equation, x, layer.Weights[0].Value, output), y);
    }

    [Fact]
    public void A_bias_has_the_axes_that_were_asked_for()
    {
        EinsumDense first = new("abc,cd->abd", [null, 5], biasAxes: "b");
        first.Call(Numbers([3, 2, 4]));
        Assert.Equal([2, 1], first.Weights[1].Type.Dims.Sizes);
        EinsumDense both = new("abc,cd->abd", [null, 5], biasAxes: "bd");
        both.Call(Numbers([3, 2, 4]));
        Assert.Equal([2, 5], both.Weights[1].Type.Dims.Sizes);
        EinsumDense behind = new("ab...,bc->ac...", [5], biasAxes: "c");
        behind.Call(Numbers([3, 2, 4, 2]));
        Assert.Equal([5, 1, 1], behind.Weights[1].Type.Dims.Sizes);
    }

    // Uniform within ±√(6 / (inputs + outputs)): of 2,400 values the largest is within 2 % of the bound but for a chance of 0.98^2400, about e^-48.
    [Fact]
    public void First_values_spread_by_the_axes_that_are_summed_over()
    {
        EinsumDense layer = new("abc,cde->abde", [null, 4, 6], kernelInitializer: new GlorotUniform(seed: 1));
        layer.Call(NDArray.Zeros(DType.Float32, [1, 1, 100]));
        double bound = Math.Sqrt(6.0 / (100 + 24));
        Assert.InRange(layer.Weights[0].Value.ToArray<float>().Max(v => Math.Abs((double)v)), 0.98 * bound, bound);
    }

    private static NDArray Numbers(int[] dims)
    {
        Dims shape = Dims.Of(dims);
        return NDArray.From(Enumerable.Range(0, shape.Count).Select(i => Math.Sin(i + 1)).ToArray()).Reshape(dims);
    }

    private static NDArray ByHand(string equation, NDArray x, NDArray kernel, int[] output)
    {
        string[] terms = equation.Replace("->", ",", StringComparison.Ordinal).Split(',');
        string dots = "012"[..(x.Rank - terms[0].Count(char.IsLetter))];
        string[] axes = [.. terms.Select(t => t.Replace("...", dots, StringComparison.Ordinal))];
        Dictionary<char, int> sizes = [];
        foreach ((string term, int[] dims) in new[] { (axes[0], x.Dims.Sizes), (axes[1], kernel.Dims.Sizes) })
        {
            foreach ((char axis, int size) in term.Zip(dims))
            {
                sizes[axis] = size;
            }
        }

        char[] all = [.. sizes.Keys];
        Dims whole = Dims.Of([.. all.Select(a => sizes[a])]);
        Dims result = Dims.Of(output);
        var sums = new double[result.Count];
        for (int place = 0; place < whole.Count; place++)
        {
            int[] strides = whole.Strides();
            int At(string term, Dims dims)
            {
                int[] steps = dims.Strides();
                return term.Select((axis, i) => place / strides[Array.IndexOf(all, axis)] % sizes[axis] * steps[i]).Sum();
            }

            sums[At(axes[2], result)] += x.AsSpan<double>()[At(axes[0], x.Dims)] * kernel.AsSpan<double>()[At(axes[1], kernel.Dims)];
        }

        return NDArray.From(sums).Reshape(output);
    }
}
