namespace Nabla.Explain;

/// <summary>
/// A callback that films a training: weights, gradients on the same samples every time, loss, effective rates, the decision boundary of two features; within
/// a budget of bytes. At the end it writes the record, and beside it a page that plays it back.
/// </summary>
/// <remarks>
/// What is recorded at iteration t is what t steps have made: 0 is the beginning. Loss and gradients are those of the probe, as in prediction, so that
/// dropout does not flicker; recording changes nothing in the training. Where the budget is used up, every second snapshot goes and the distance doubles.
/// </remarks>
/// <example><code>
/// GlassBox film = new("run.glass", budget: 500_000);
/// model.Fit(x, y, epochs: 3, verbose: 0, callbacks: [film]);
/// Console.WriteLine($"{film.Record.Snapshots.Count} snapshots; open run.html");
/// </code></example>
public sealed class GlassBox : Callback
{
    /// <summary>The budget where none is given: a page of some megabytes.</summary>
    public const long DefaultBudget = 4_000_000;

    // The first, the last and two between them: less is no film.
    private const int Fewest = 4;

    private readonly string _path;
    private readonly long _budget;
    private readonly int _firstEvery;
    private readonly IReadOnlyList<int>? _rows;
    private readonly List<GlassBoxSnapshot> _snapshots = [];
    private readonly List<GlassBoxEpoch> _epochs = [];
    private GlassBoxProbe? _probe;
    private GlassBoxRecord? _record;
    private long _every;
    private long _iteration;
    private int _epoch;

    /// <summary>A camera.</summary>
    /// <param name="path">Where the record goes, such as <c>run.glass</c>; the page stands beside it as <c>run.html</c>.</param>
    /// <param name="budget">Bytes of weights, gradients and rates that are kept.</param>
    /// <param name="every">Steps from one snapshot to the next, until the budget asks for more.</param>
    /// <param name="rows">The samples that loss and gradients are taken on; null spreads up to 128 over all.</param>
    /// <exception cref="ArgumentException">An empty path, a budget or a distance below 1, or no rows.</exception>
    public GlassBox(string path, long budget = DefaultBudget, int every = 1, IReadOnlyList<int>? rows = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        if (rows is { Count: 0 })
        {
            throw new ArgumentException("GlassBox: expected one or more rows to measure on, received none. Leave rows out to spread them over all samples.", nameof(rows));
        }

        (_path, _budget, _firstEvery, _rows) = (path, budget, every, rows);
        PagePath = System.IO.Path.ChangeExtension(path, ".html");
        if (PagePath == path)
        {
            throw new ArgumentException($"GlassBox: expected a path for the record, received '{path}', where the page will stand. Say {System.IO.Path.ChangeExtension(path, ".glass")}.", nameof(path));
        }
    }

    /// <summary>Where the page is written.</summary>
    public string PagePath { get; }

    /// <summary>What was recorded.</summary>
    /// <exception cref="InvalidOperationException">No training has ended yet.</exception>
    public GlassBoxRecord Record => _record ?? throw new InvalidOperationException("GlassBox: expected to be given to Fit first: there is no record yet. Say model.Fit(..., callbacks: [film]).");

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        _snapshots.Clear();
        _epochs.Clear();
        (_probe, _record, _every, _iteration, _epoch) = (null, null, _firstEvery, 0, 0);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => _epoch = epoch;

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(int batch)
    {
        if (_probe is null)
        {
            // A stream's first batch is known only now.
            _probe = new GlassBoxProbe(Model, Model.Compilation!.Running!.Source.Data, _rows);
            if (_probe.Bytes * Fewest > _budget)
            {
                throw new ArgumentException($"GlassBox '{_path}': expected a budget for {Fewest} snapshots of this model, {_probe.Bytes * Fewest:N0} bytes, received {_budget:N0}. Give more.");
            }

            Take();
        }
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, IReadOnlyDictionary<string, double> logs)
    {
        _iteration++;
        if (_iteration % _every == 0)
        {
            Take();
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double> logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        _epochs.Add(new GlassBoxEpoch(epoch + 1, _iteration, new Dictionary<string, double>(logs)));
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(IReadOnlyDictionary<string, double> logs) => Finish();

    // A training that breaks is one that people want to look at.
    internal override bool Catches(int batch)
    {
        Finish();
        return false;
    }

    private void Take()
    {
        if ((_snapshots.Count + 1) * _probe!.Bytes > _budget)
        {
            // The beginning always stays: rewinding leads there.
            _every *= 2;
            _snapshots.RemoveAll(s => s.Iteration % _every != 0);
            if (_iteration % _every != 0)
            {
                return;
            }
        }

        _snapshots.Add(_probe.Take(_iteration, _epoch + 1));
    }

    private void Finish()
    {
        if (_probe is null)
        {
            return;
        }

        // The end is always there, in the place of the last snapshot where there is no room.
        if (_snapshots[^1].Iteration != _iteration)
        {
            if ((_snapshots.Count + 1) * _probe.Bytes > _budget)
            {
                _snapshots.RemoveAt(_snapshots.Count - 1);
            }

            _snapshots.Add(_probe.Take(_iteration, _epoch + 1));
        }

        _record = _probe.Record([.. _snapshots], [.. _epochs]);
        _record.Save(_path);
        _record.SavePage(PagePath);
    }
}
