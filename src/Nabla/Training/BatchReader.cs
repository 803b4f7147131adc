namespace Nabla;

/// <summary>Batches that come one after the other, and can be asked for from the start again.</summary>
internal abstract class BatchReader : IDisposable
{
    /// <summary>Batches of a sequence.</summary>
    public static BatchReader Of(IEnumerable<Batch> batches) => new Plain(batches ?? throw new ArgumentNullException(nameof(batches)));

    /// <summary>Batches that are waited for.</summary>
    public static BatchReader Of(IAsyncEnumerable<Batch> batches, CancellationToken cancellation) => new Waiting(batches ?? throw new ArgumentNullException(nameof(batches)), cancellation);

    /// <summary>Starts from the first batch.</summary>
    public abstract void Begin();

    /// <summary>The next batch; null at the end.</summary>
    public abstract Batch? Next();

    /// <inheritdoc/>
    public abstract void Dispose();

    private sealed class Plain(IEnumerable<Batch> batches) : BatchReader
    {
        private IEnumerator<Batch>? _current;

        public override void Begin()
        {
            Dispose();
            _current = batches.GetEnumerator();
        }

        public override Batch? Next() => _current!.MoveNext() ? _current.Current ?? throw new ArgumentException("Fit expected batches, received null in the stream.") : null;

        public override void Dispose()
        {
            _current?.Dispose();
            _current = null;
        }
    }

    // The training has a thread of its own, which may wait.
    private sealed class Waiting(IAsyncEnumerable<Batch> batches, CancellationToken cancellation) : BatchReader
    {
        private IAsyncEnumerator<Batch>? _current;

        public override void Begin()
        {
            Dispose();
            _current = batches.GetAsyncEnumerator(cancellation);
        }

        public override Batch? Next() => _current!.MoveNextAsync().AsTask().GetAwaiter().GetResult()
            ? _current.Current ?? throw new ArgumentException("Fit expected batches, received null in the stream.")
            : null;

        public override void Dispose()
        {
            _current?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _current = null;
        }
    }
}
