namespace Nabla.Explain;

/// <summary>A training as it was filmed: snapshots of weights, gradients, effective rates and loss. One file holds it; a page plays it back.</summary>
/// <example><code>
/// model.Fit(x, y, epochs: 2, verbose: 0, callbacks: [new GlassBox("run.glass")]);
/// GlassBoxRecord run = GlassBoxRecord.Load("run.glass");
/// run.Restore(model, snapshot: 0);   // the first weights again, bit for bit
/// </code></example>
public sealed record GlassBoxRecord
{
    /// <summary>The version of this form; files of another one are refused.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the form of this record.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The model's name.</summary>
    public required string Title { get; init; }

    /// <summary>What was made small, in one line.</summary>
    public required string Convention { get; init; }

    /// <summary>The optimizer's class.</summary>
    public required string Optimizer { get; init; }

    /// <summary>The seed of the training.</summary>
    public required long Seed { get; init; }

    /// <summary>The samples that loss and gradients were taken on.</summary>
    public required IReadOnlyList<int> Rows { get; init; }

    /// <summary>What training changes, in the model's order.</summary>
    public required IReadOnlyList<GlassBoxParameter> Parameters { get; init; }

    /// <summary>The snapshots, in order; the first is the beginning.</summary>
    public required IReadOnlyList<GlassBoxSnapshot> Snapshots { get; init; }

    /// <summary>What each epoch measured.</summary>
    public IReadOnlyList<GlassBoxEpoch> Epochs { get; init; } = [];

    /// <summary>Where the boundary was looked at; null unless the model has two features and one output.</summary>
    public GlassBoxPlane? Boundary { get; init; }

    /// <summary>The cost over both parameters; null unless there are exactly two numbers to learn.</summary>
    public GlassBoxPlane? Contour { get; init; }

    /// <summary>The values of a parameter in a snapshot.</summary>
    public NDArray Weight(int snapshot, int parameter)
    {
        GlassBoxParameter about = Parameters[parameter];
        ReadOnlySpan<byte> bytes = Snapshots[snapshot].Weights[parameter].Span;
        return about.DType == DType.Float64.Name
            ? NDArray.From(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(bytes).ToArray()).Reshape([.. about.Dims])
            : NDArray.From(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray()).Reshape([.. about.Dims]);
    }

    /// <summary>Gives a model the weights of a snapshot, bit for bit.</summary>
    /// <param name="model">A model with the same parameters.</param>
    /// <param name="snapshot">The place among <see cref="Snapshots"/>; 0 is the beginning.</param>
    /// <exception cref="ArgumentException">The model has other parameters; nothing was changed.</exception>
    public void Restore(Model model, int snapshot = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)snapshot, (uint)Snapshots.Count, nameof(snapshot));
        Dictionary<string, Variable> weights = model.WeightPaths.ToDictionary(w => w.Path, w => w.Variable);
        if (Parameters.FirstOrDefault(p => !weights.TryGetValue(p.Path, out Variable? w) || !w.Type.Dims.Select(d => d.Size).SequenceEqual(p.Dims)) is { } missing)
        {
            throw new ArgumentException($"GlassBoxRecord '{Title}': expected a model with the weight {missing.Path} [{string.Join(",", missing.Dims)}], received {model.ClassName} '{model.Name}' with {string.Join(", ", model.WeightPaths.Select(w => w.Path))}. Restore the model that was filmed.", nameof(model));
        }

        for (int i = 0; i < Parameters.Count; i++)
        {
            weights[Parameters[i].Path].Assign(Weight(snapshot, i));
        }
    }

    /// <summary>Writes the record: JSON, compressed by gzip.</summary>
    public void Save(string path) => GlassBoxFile.Save(this, path);

    /// <summary>Reads a record.</summary>
    /// <exception cref="MalformedFileException">The file is no record, a damaged one, or one of another version.</exception>
    public static GlassBoxRecord Load(string path) => GlassBoxFile.Load(path);

    /// <summary>Writes the page that plays the training back.</summary>
    /// <param name="path">The page's file.</param>
    /// <param name="other">Another run to stand beside it; null for none.</param>
    public void SavePage(string path, GlassBoxRecord? other = null) => ReplayPage.Save([this, .. other is null ? Array.Empty<GlassBoxRecord>() : [other]], path);
}

/// <summary>Something that training changes.</summary>
/// <param name="Name">As in the lectures: <c>W^[1]</c>; for other layers its path.</param>
/// <param name="Path">Its path in the model: <c>dense/kernel</c>.</param>
/// <param name="DType">float32 or float64.</param>
/// <param name="Dims">Its sizes.</param>
/// <example><code>
/// IEnumerable&lt;string&gt; Names(GlassBoxRecord run) =&gt; run.Parameters.Select(p =&gt; p.Name);
/// </code></example>
public sealed record GlassBoxParameter(string Name, string Path, string DType, IReadOnlyList<int> Dims);

/// <summary>The state after a number of steps. Lists go with the parameters; numbers are little-endian, weights in their own type, the rest float32.</summary>
/// <param name="Iteration">The steps made.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The cost on the probe, as in prediction.</param>
/// <param name="LearningRate">The optimizer's α.</param>
/// <param name="Weights">The values.</param>
/// <param name="Gradients">The derivatives of the cost.</param>
/// <param name="Rates">What the optimizer would take off next, divided by the derivative; NaN where that is 0.</param>
/// <param name="Boundary">What the model answers over <see cref="GlassBoxRecord.Boundary"/>; empty without.</param>
/// <example><code>
/// double First(GlassBoxRecord run) =&gt; run.Snapshots[0].Loss;
/// </code></example>
public sealed record GlassBoxSnapshot(
    long Iteration,
    int Epoch,
    double Loss,
    double LearningRate,
    IReadOnlyList<ReadOnlyMemory<byte>> Weights,
    IReadOnlyList<ReadOnlyMemory<byte>> Gradients,
    IReadOnlyList<ReadOnlyMemory<byte>> Rates,
    ReadOnlyMemory<byte> Boundary);

/// <summary>What an epoch measured.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Iteration">The steps made by its end.</param>
/// <param name="Logs">Loss and metrics, those of validation with <c>val_</c> in front.</param>
/// <example><code>
/// double? Last(GlassBoxRecord run) =&gt; run.Epochs.LastOrDefault()?.Logs["loss"];
/// </code></example>
public sealed record GlassBoxEpoch(int Epoch, long Iteration, IReadOnlyDictionary<string, double> Logs);

/// <summary>A rectangle of a plane with a value at each point of a square grid.</summary>
/// <param name="Left">The least first coordinate.</param>
/// <param name="Right">The greatest.</param>
/// <param name="Bottom">The least second coordinate.</param>
/// <param name="Top">The greatest.</param>
/// <param name="Size">Points in each direction.</param>
/// <param name="Classes">Above 1 where the values are numbers of classes.</param>
/// <param name="Values">Row by row from the bottom, float32; empty where each snapshot has its own.</param>
/// <param name="Points">Samples of the probe: first coordinate, second, label, and so on.</param>
/// <example><code>
/// bool HasTwoFeatures(GlassBoxRecord run) =&gt; run.Boundary is not null;
/// </code></example>
public sealed record GlassBoxPlane(double Left, double Right, double Bottom, double Top, int Size, int Classes, ReadOnlyMemory<byte> Values, IReadOnlyList<double> Points);
