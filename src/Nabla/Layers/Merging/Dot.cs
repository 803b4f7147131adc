namespace Nabla;

/// <summary>
/// Sums of products of two inputs along an axis of each, for every sample; the axes left stand one after the other. With
/// <c>normalize</c> of vectors of length 1: the cosine of the angle between them.
/// </summary>
/// <example><code>
/// Input left = new(16), right = new(16);
/// Model similarity = new([left, right], new Dot(axes: 1, normalize: true).Call([left, right]));
/// </code></example>
public sealed class Dot : MergingLayer
{
    // Keras' floor of lengths that are divided by.
    private const double Epsilon = 1e-12;

    private readonly int _left;
    private readonly int _right;

    /// <summary>Products along the same axis of both inputs.</summary>
    /// <param name="axes">Counted with the batch as 0, which it cannot be; negative axes count from the end.</param>
    /// <param name="normalize">Whether the inputs are brought to length 1 along their axes first.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Dot(int axes, bool normalize = false, string? name = null, DType? dtype = null)
        : this((axes, axes), normalize, name, dtype)
    {
    }

    /// <summary>Products along an axis of each input.</summary>
    /// <param name="axes">The first input's and the second's, counted with the batch as 0, which they cannot be.</param>
    /// <param name="normalize">Whether the inputs are brought to length 1 along their axes first.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Dot((int Left, int Right) axes, bool normalize = false, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        (_left, _right) = axes is { Left: not 0, Right: not 0 }
            ? axes
            : throw new ArgumentOutOfRangeException(nameof(axes), $"Dot '{Name}': expected axes of the samples, received 0, the batch. Use 1 for the first axis behind it.");
        Normalize = normalize;
    }

    /// <summary>The axes of the first and second input, as given.</summary>
    public (int Left, int Right) Axes => (_left, _right);

    /// <summary>Whether the inputs are brought to length 1 first.</summary>
    public bool Normalize { get; }

    /// <inheritdoc/>
    protected override Tensor Call(IReadOnlyList<Tensor> inputs, CallContext context)
    {
        string types = string.Join(", ", inputs.Select(i => i.Type));
        if (inputs.Count != 2)
        {
            throw Error($"expected 2 inputs, received {inputs.Count}: {types}.");
        }

        (Tensor a, Tensor b) = (inputs[0], inputs[1]);
        int left = At(a, _left, types);
        int right = At(b, _right, types);
        if (a.Dims[left].Size != b.Dims[right].Size)
        {
            throw Error($"expected equal sizes on axis {left} of the first input and axis {right} of the second, received {a.Dims[left].Size} and {b.Dims[right].Size} ({types}).");
        }

        if (Normalize)
        {
            (a, b) = (Unit(a, left), Unit(b, right));
        }

        string first = Letters(a.Dims.Rank, left, 'A');
        string second = Letters(b.Dims.Rank, right, 'a');
        string rest = new([.. (first + second).Where(c => c is not ('-' or '+'))]);
        Tensor product = Einsum.Run(first, second, "-" + rest, a, b);
        return product.Dims.Rank == 1 ? product.ExpandDims(1) : product;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        if (_left == _right)
        {
            config.Integer("axes", _left);
        }
        else
        {
            config.Integers("axes", [_left, _right]);
        }

        config.Boolean("normalize", Normalize);
    }

    internal static Dot Read(ConfigReader config) => config.IntegerOrIntegers("axes") switch
    {
        [var one] => new(one, config.Boolean("normalize", false), config.RequiredText("name"), config.DType()),
        [var left, var right] => new((left, right), config.Boolean("normalize", false), config.RequiredText("name"), config.DType()),
        _ => throw config.Error("expected one or two axes for 'axes'."),
    };

    private int At(Tensor input, int axis, string types)
    {
        int at = axis < 0 ? axis + input.Dims.Rank : axis;
        return at >= 1 && at < input.Dims.Rank ? at : throw Error($"expected an axis of the sample, from 1 to {input.Dims.Rank - 1} or negative, received {axis} for {input.Type} (inputs {types}).");
    }

    private static Tensor Unit(Tensor x, int axis) => x / x.Square().Sum(axis, keepDims: true).Maximum(Epsilon * Epsilon).Sqrt();

    // '-' is the batch, '+' the axis that is summed over.
    private static string Letters(int rank, int summed, char from) =>
        new([.. Enumerable.Range(0, rank).Select(i => i == 0 ? '-' : i == summed ? '+' : (char)(from + i))]);
}
