using System.Text.RegularExpressions;

namespace Nabla;

/// <summary>
/// An equation of <see cref="EinsumDense"/>: <c>ab,bc->ac</c>, <c>...x,xy->...y</c> or <c>ab...,bc->ac...</c>. Keras' rules: the dots stand for the axes
/// of the input that have no letter, and pass through.
/// </summary>
internal sealed partial class EinsumEquation
{
    private readonly string _text;
    private readonly string _input;
    private readonly string _weight;
    private readonly string _output;
    private readonly bool _dotsFirst;
    private readonly bool _dots;

    private EinsumEquation(string text, Match match)
    {
        _text = text;
        (_input, _weight, _output) = (match.Groups["input"].Value, match.Groups["weight"].Value, match.Groups["output"].Value);
        _dotsFirst = match.Groups["first"].Success;
        _dots = _dotsFirst || match.Groups["last"].Success;
    }

    /// <summary>Reads an equation.</summary>
    /// <param name="text">Letters for axes.</param>
    /// <param name="who">The layer, for errors.</param>
    /// <exception cref="ArgumentException">No such equation.</exception>
    public static EinsumEquation Parse(string text, string who)
    {
        ArgumentNullException.ThrowIfNull(text);
        Match match = Pattern().Match(text.Replace(" ", "", StringComparison.Ordinal));
        if (!match.Success)
        {
            throw new ArgumentException($"{who}: expected an equation of the form 'ab,bc->ac', '...x,xy->...y' or 'ab...,bc->ac...', received '{text}'.");
        }

        EinsumEquation equation = new(text, match);
        foreach (string term in new[] { equation._input, equation._weight, equation._output })
        {
            if (term.Distinct().Count() < term.Length)
            {
                throw equation.Error(who, $"each letter once in a term, received '{term}'");
            }
        }

        if (equation._output.FirstOrDefault(c => !equation._input.Contains(c) && !equation._weight.Contains(c)) is not '\0' and var lost)
        {
            throw equation.Error(who, $"output axes that the input or the kernel has, received '{lost}'");
        }

        if (equation._weight.FirstOrDefault(c => !equation._input.Contains(c) && !equation._output.Contains(c)) is not '\0' and var alone)
        {
            throw equation.Error(who, $"kernel axes that the input or the output has, received '{alone}'");
        }

        return equation._dotsFirst || equation.BatchHasLetter
            ? equation
            : throw equation.Error(who, $"the batch, '{equation._input[0]}', as the first axis of input and output alone");
    }

    /// <summary>The kernel's axes that are summed over, which its initializer counts as a unit's inputs, and those that the output alone has, its outputs.</summary>
    public (Axes Inputs, Axes Outputs) Fans => (KernelAxes(c => !_output.Contains(c)), KernelAxes(c => !_input.Contains(c)));

    /// <summary>The dims of kernel and bias for an input.</summary>
    /// <param name="input">What comes in.</param>
    /// <param name="outputShape">The dims of the output without the batch; null where the input's are kept.</param>
    /// <param name="biasAxes">The output's letters that the bias has; null for no bias.</param>
    /// <param name="error">Makes the layer's error of a message.</param>
    public (Dims Kernel, Dims? Bias) WeightDims(TensorType input, IReadOnlyList<int?> outputShape, string? biasAxes, Func<string, ShapeException> error)
    {
        int elided = Elided(input, error);
        Dictionary<char, int> sizes = [];
        for (int i = 0; i < _input.Length; i++)
        {
            sizes[_input[i]] = input.Dims[InputAxis(i, elided)].Size;
        }

        // The batch has a letter of its own unless the dots stand for it.
        string named = _dotsFirst && elided > 0 ? _output : _output[1..];
        if (outputShape.Count != named.Length)
        {
            throw error($"expected an outputShape of {named.Length} sizes, one for each of '{named}' in '{_text}', received [{string.Join(", ", outputShape.Select(s => s?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"))}].");
        }

        for (int i = 0; i < named.Length; i++)
        {
            char axis = named[i];
            if (sizes.TryGetValue(axis, out int known))
            {
                if (outputShape[i] is { } asked && asked != known)
                {
                    throw error($"expected {known} for '{axis}' in outputShape, which the input has ({input}), received {asked}. Write null to keep the input's size.");
                }
            }
            else
            {
                sizes[axis] = outputShape[i] ?? throw error($"expected a size for '{axis}' in outputShape, which only the kernel has, received null.");
            }
        }

        Dims? bias = null;
        if (biasAxes is not null)
        {
            int first = biasAxes.Min(c => _output.IndexOf(c, StringComparison.Ordinal));
            bias = Dims.Of([.. _output[first..].Select(c => biasAxes.Contains(c) ? sizes[c] : 1), .. Enumerable.Repeat(1, _dotsFirst ? 0 : elided)]);
        }

        return (Dims.Of([.. _weight.Select(c => sizes[c])]), bias);
    }

    /// <summary>Refuses letters that the output has not, and the batch.</summary>
    public void CheckBiasAxes(string biasAxes, string who)
    {
        if (biasAxes.Length == 0 || biasAxes.Any(c => !_output.Contains(c) || (!_dotsFirst && c == _output[0])))
        {
            throw new ArgumentException($"{who}: expected biasAxes of letters of the output '{_output}' in '{_text}' but its batch, received '{biasAxes}'.", nameof(biasAxes));
        }
    }

    /// <summary>The sum of products of an input and a kernel.</summary>
    public Tensor Run(Tensor input, Tensor kernel, Func<string, ShapeException> error)
    {
        // Axes under the dots get signs that no equation can hold.
        string dots = new([.. Enumerable.Range(0, Elided(input.Type, error)).Select(i => (char)(0xE000 + i))]);
        string Whole(string term) => _dotsFirst ? dots + term : term + dots;
        return Einsum.Run(Whole(_input), _weight, Whole(_output), input, kernel);
    }

    private int Elided(TensorType input, Func<string, ShapeException> error)
    {
        int elided = input.Dims.Rank - _input.Length;
        int least = BatchHasLetter ? 0 : 1;
        return elided >= least && (elided == 0 || _dots)
            ? elided
            : throw error($"expected an input of {(_dots ? "at least " : "")}{_input.Length + least} axes for '{_text}', received {input}.");
    }

    private Axes KernelAxes(Func<char, bool> wanted) => [.. Enumerable.Range(0, _weight.Length).Where(i => wanted(_weight[i]))];

    // Whether the first letter may stand for the batch: it goes through alone.
    private bool BatchHasLetter => _input[0] == _output[0] && !_weight.Contains(_input[0]);

    private int InputAxis(int letter, int elided) => _dotsFirst ? letter + elided : letter;

    private ArgumentException Error(string who, string expected) => new($"{who}: expected {expected} in the equation '{_text}'.");

    [GeneratedRegex(@"^(?:(?<input>[a-zA-Z]+),(?<weight>[a-zA-Z]+)->(?<output>[a-zA-Z]+)|(?<first>\.\.\.)(?<input>[a-zA-Z]+),(?<weight>[a-zA-Z]+)->\.\.\.(?<output>[a-zA-Z]+)|(?<input>[a-zA-Z]{2,})(?<last>\.\.\.),(?<weight>[a-zA-Z]+)->(?<output>[a-zA-Z]+)\.\.\.)$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
