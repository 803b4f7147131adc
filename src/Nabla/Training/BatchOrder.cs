namespace Nabla;

/// <summary>The order in which an epoch takes the samples. Always the same for the same seed and epoch.</summary>
/// <param name="count">The number of samples.</param>
internal sealed class BatchOrder(int count)
{
    // Apart from every other use of the seed: first weights take the streams 1, 2, 3, ...
    private const ulong ShuffleStreams = 1UL << 62;

    private readonly int[] _rows = new int[count];

    /// <summary>The rows of a batch.</summary>
    public ReadOnlySpan<int> Rows(int start, int length) => _rows.AsSpan(start, length);

    /// <summary>Prepares an epoch.</summary>
    /// <param name="seed">The training's seed.</param>
    /// <param name="epoch">Counted over the model's life.</param>
    /// <param name="shuffle">Whether to permute; otherwise rows come in their order.</param>
    public void Begin(int seed, long epoch, bool shuffle)
    {
        for (int i = 0; i < _rows.Length; i++)
        {
            _rows[i] = i;
        }

        if (!shuffle)
        {
            return;
        }

        // Fisher and Yates: every order is equally likely.
        RandomStream stream = new(unchecked((ulong)seed), ShuffleStreams + (ulong)epoch);
        for (int i = _rows.Length - 1; i > 0; i--)
        {
            int j = stream.Below(i, i + 1);
            (_rows[i], _rows[j]) = (_rows[j], _rows[i]);
        }
    }
}
