namespace Nabla;

/// <summary>
/// Layers made ready to learn: <see cref="Compile"/> says how, <see cref="Fit"/> learns, <see cref="Predict(NDArray, int, int?)"/> answers,
/// <see cref="Save"/> keeps. Arguments and defaults are Keras'.
/// </summary>
/// <remarks>
/// Many threads may call <see cref="Predict(NDArray, int, int?)"/>, <see cref="Call(NDArray, bool)"/> and <see cref="Evaluate"/> at the same time. One thread may fit; a second
/// <see cref="Fit"/> meanwhile is refused, and predictions made meanwhile see weights that are changing.
/// </remarks>
public abstract class Model : Layer
{
    private readonly SeedSource _seeds;
    private int _threads = Environment.ProcessorCount;

    private protected Model(string? name, bool trainable, DType dtype, int? seed)
        : base(name, dtype, trainable)
    {
        _seeds = new SeedSource(seed ?? RandomSeed.Next());
        Plans = new PlanCache(this);
        Predictor = new Predictor(this);
        Progress = new TrainingState { Seed = _seeds.Seed };
    }

    /// <summary>The layers in order, without the input.</summary>
    public abstract IReadOnlyList<Layer> Layers { get; }

    /// <summary>The number from which first weights, shuffling and dropout are drawn. The same seed gives the same bits, whatever the number of threads.</summary>
    public int Seed => _seeds.Seed;

    /// <summary>How many threads share the work of a step; the processors by default.</summary>
    public int Threads
    {
        get => _threads;
        set => _threads = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{ClassName} '{Name}': expected 1 or more threads.");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable> Weights => [.. Layers.SelectMany(l => l.Weights).Distinct()];

    /// <summary>The weights that training changes.</summary>
    public IReadOnlyList<Variable> TrainableWeights =>
        Trainable ? [.. Layers.Where(l => l.Trainable).SelectMany(l => l is Model m ? m.TrainableWeights : l.Weights.Where(w => w.Trainable)).Distinct()] : [];

    /// <summary>The weights that training leaves alone.</summary>
    public IReadOnlyList<Variable> NonTrainableWeights => [.. Weights.Except(TrainableWeights)];

    /// <summary>The optimizer; null before <see cref="Compile"/>.</summary>
    public Optimizer? Optimizer => Compilation?.Optimizer;

    /// <summary>The loss; null before <see cref="Compile"/>, or where none was given.</summary>
    public Loss? Loss => Compilation?.Loss;

    /// <summary>What <see cref="Compile"/> wants to say: choices made for you, and combinations that are legal and rarely meant.</summary>
    public IReadOnlyList<string> CompileNotes => Compilation?.Notes ?? [];

    /// <summary>The graphs compiled so far, in order: each new batch size or data type costs one.</summary>
    public IReadOnlyList<string> CompiledPlans => Plans.Log;

    /// <summary>What comes out for a batch; null while the model is not built.</summary>
    public TensorType? OutputType { get; private protected set; }

    /// <summary>The activation of the last layer, where it is known.</summary>
    internal abstract Activation? OutputActivation { get; }

    internal Compilation? Compilation { get; private set; }

    internal PlanCache Plans { get; }

    internal Predictor Predictor { get; }

    internal TrainingState Progress { get; }

    internal SeedSource Seeds => _seeds;

    /// <summary>Builds the model for samples of given dims, without the batch axis: <c>model.Build([784])</c>.</summary>
    public void Build(Dims shape) => BuildFor(new TensorType(DType, [new Dim(2, "batch"), .. shape]));

    /// <summary>Says how to learn. Compiling again forgets what the optimizer remembered.</summary>
    /// <param name="optimizer">An optimizer or its name; <see cref="RMSprop"/> by default, as in Keras.</param>
    /// <param name="loss">A loss or its name; without one the model can predict, not fit.</param>
    /// <param name="metrics">Metrics or their names, such as <c>"accuracy"</c>.</param>
    public void Compile(Optimizer? optimizer = null, Loss? loss = null, IReadOnlyList<Metric>? metrics = null) =>
        Compilation = new Compilation(this, optimizer, loss, metrics ?? []);

    /// <summary>Learns from data, going over all samples in batches, <paramref name="epochs"/> times.</summary>
    /// <param name="x">The samples along the first axis. uint8 stays as it is and is cast inside the step; other types become the model's.</param>
    /// <param name="y">The labels, one a sample.</param>
    /// <param name="batchSize">Samples a step; the last step of an epoch takes what is left.</param>
    /// <param name="epochs">The epoch to stop at, counted from 0.</param>
    /// <param name="verbose">0: silent; 1: a progress bar; 2: a line an epoch; null: a bar, or lines where the console is redirected.</param>
    /// <param name="validationSplit">The share of samples, from the end and before shuffling, that is held out.</param>
    /// <param name="validationData">Samples and labels to evaluate after each epoch; goes before the split.</param>
    /// <param name="shuffle">Whether each epoch takes the samples in another order.</param>
    /// <param name="initialEpoch">The epoch to start at.</param>
    /// <param name="validationBatchSize">Samples a step of validation; <paramref name="batchSize"/> by default.</param>
    /// <param name="validationFrequency">Epochs from one validation to the next.</param>
    /// <param name="seed">Replaces the model's seed for shuffling and dropout.</param>
    /// <param name="threads">Threads for this call; the model's by default. The result does not depend on it.</param>
    /// <param name="progress">Told after an epoch's first step, then at most every 50 ms, and after each epoch.</param>
    /// <param name="cancellationToken">Ends the training after the current step: the history of the whole epochs so far is returned and the model stays usable.</param>
    /// <returns>The loss and metrics of each epoch, measured while the weights move, and <c>val_</c> ones after it.</returns>
    /// <exception cref="InvalidOperationException">The model is not compiled, has no loss, or is being fitted by another thread.</exception>
    /// <exception cref="TrainingDataException">Data that cannot be learned from; every trouble found is named.</exception>
    /// <exception cref="TrainingDivergedException">A loss that is not finite; the weights are those before that step.</exception>
    public History Fit(
        NDArray x,
        NDArray y,
        int batchSize = 32,
        int epochs = 1,
        int? verbose = null,
        double validationSplit = 0,
        (NDArray X, NDArray Y)? validationData = null,
        bool shuffle = true,
        int initialEpoch = 0,
        int? validationBatchSize = null,
        int validationFrequency = 1,
        int? seed = null,
        int? threads = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        FitOptions options = new(this, batchSize, epochs, verbose, validationSplit, shuffle, initialEpoch, validationBatchSize ?? batchSize, validationFrequency, seed, threads ?? Threads);
        return new FitLoop(this, options, progress).Run(x, y, validationData, cancellationToken);
    }

    /// <summary>The loss and metrics on data, with the weights as they are.</summary>
    /// <param name="x">The samples.</param>
    /// <param name="y">The labels.</param>
    /// <param name="batchSize">Samples a step.</param>
    /// <param name="threads">Threads for this call; the model's by default.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled or not built.</exception>
    /// <exception cref="TrainingDataException">Data that do not fit the model.</exception>
    public EvaluationResult Evaluate(NDArray x, NDArray y, int batchSize = 32, int? threads = null)
    {
        CheckBatchSize(batchSize, nameof(Evaluate));
        Compilation compilation = RequireCompiled(nameof(Evaluate));
        RequireBuilt(nameof(Evaluate));
        TrainingData data = TrainingData.Check(this, nameof(Evaluate), x, y, "x", "y");
        return compilation.Evaluate(data, batchSize, threads ?? Threads);
    }

    /// <summary>The outputs for all samples, computed batch by batch. Plans and their memory are kept, so that predicting again allocates only the result.</summary>
    /// <param name="x">The samples.</param>
    /// <param name="batchSize">Samples a step.</param>
    /// <param name="threads">Threads for this call; the model's by default.</param>
    /// <exception cref="InvalidOperationException">The model is not built: it has no weights yet.</exception>
    public NDArray Predict(NDArray x, int batchSize = 32, int? threads = null)
    {
        CheckBatchSize(batchSize, nameof(Predict));
        RequireBuilt(nameof(Predict));
        return Predictor.Run(InputCheck.IsReady(this, x) ? x : TrainingData.CheckInput(this, nameof(Predict), x), batchSize, threads ?? Threads);
    }

    /// <summary>The output for one sample, from memory to memory: what a server calls for each request. Allocates nothing after the first time.</summary>
    /// <param name="sample">The values of one sample in row-major order, without a batch axis.</param>
    /// <param name="output">Receives the output's values in row-major order.</param>
    /// <exception cref="ShapeException">One of them is too short or too long.</exception>
    /// <exception cref="InvalidOperationException">The model is not built: it has no weights yet.</exception>
    public void Predict(ReadOnlySpan<float> sample, Span<float> output)
    {
        RequireBuilt(nameof(Predict));
        Predictor.Run(sample, output);
    }

    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{float})"/>
    public void Predict(ReadOnlySpan<double> sample, Span<double> output)
    {
        RequireBuilt(nameof(Predict));
        Predictor.Run(sample, output);
    }

    /// <summary>The output for given values in one go, building the model first where needed.</summary>
    /// <param name="x">The samples along the first axis.</param>
    /// <param name="training">Whether layers act as in training (dropout drops).</param>
    public override NDArray Call(NDArray x, bool training = false)
    {
        if (training)
        {
            return base.Call(x, training);
        }

        BuildFor(x.Type);
        NDArray input = TrainingData.CheckInput(this, nameof(Call), x);
        return Predictor.Run(input, Math.Max(1, input.Dims[0].Size), Threads);
    }

    /// <summary>The layer of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Layer GetLayer(string name) => Layers.FirstOrDefault(l => l.Name == name)
        ?? throw DidYouMean.Unknown($"{ClassName} '{Name}' layer", name, Layers.Select(l => l.Name));

    /// <summary>The number of values in all weights.</summary>
    /// <exception cref="InvalidOperationException">The model is not built.</exception>
    public override long CountParams()
    {
        RequireBuilt(nameof(CountParams));
        return base.CountParams();
    }

    /// <summary>A table of the layers with their output shapes and numbers of weights, as Keras prints it; None stands for the batch.</summary>
    public string Summary() => ModelSummary.Write(this);

    /// <summary>Writes the model to one file: configuration, weights, and what the optimizer remembers. A crash leaves the old file or the new one.</summary>
    /// <param name="path">The file, by custom called NAME.nabla.</param>
    /// <param name="metadata">What the model's user must know: columns, scaling, class names.</param>
    /// <param name="includeOptimizer">Whether training can go on from the file as if it had not been interrupted.</param>
    /// <exception cref="NotSupportedException">A part of the model is your own code, which a file cannot hold.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public void Save(string path, ModelMetadata? metadata = null, bool includeOptimizer = true) => ModelFile.Save(this, path, metadata ?? Metadata, includeOptimizer);

    /// <summary>What the model's user must know: what the file says that it was loaded from, or what you set. Saved with the model.</summary>
    public ModelMetadata? Metadata { get; set; }

    /// <summary>Builds the model if it is not built yet.</summary>
    internal void BuildFor(TensorType input)
    {
        if (!Built)
        {
            if (input.Dims.Rank == 0)
            {
                throw Error($"expected samples along a first axis, received a scalar ({input}).");
            }

            EnsureBuilt(input with { Dims = [new Dim(2, "batch"), .. input.Dims[1..]] }, _seeds);
        }
    }

    /// <summary>Records the model's computation in a graph.</summary>
    internal Tensor Trace(Tensor input, CallContext context) => Call(input.Cast(DType), context);

    internal Compilation RequireCompiled(string method)
    {
        Compilation compilation = Compilation
            ?? throw new InvalidOperationException($"{ClassName} '{Name}': {method} expected a compiled model, received one without optimizer and loss. Call Compile(optimizer: ..., loss: ...) first.");
        return compilation.Loss is not null
            ? compilation
            : throw new InvalidOperationException($"{ClassName} '{Name}': {method} expected a loss, but Compile was given none. Call Compile with loss: \"mse\", new SparseCategoricalCrossentropy(fromLogits: true), ...");
    }

    internal void RequireBuilt(string method)
    {
        if (!Built)
        {
            throw new InvalidOperationException($"{ClassName} '{Name}': {method} expected a built model, received one without weights. Fit it first, load it from a file, or say the dims of a sample: model.Build([784]), or new InputLayer(784) as the first layer.");
        }
    }

    private void CheckBatchSize(int batchSize, string method)
    {
        if (batchSize < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"{ClassName} '{Name}': {method} expected a batchSize of 1 or more, such as 32.");
        }
    }
}
