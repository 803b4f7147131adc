// Long because the verbs of a model stand together with all their arguments, as Keras has them: most lines are their documentation.
namespace Nabla;

/// <summary>
/// Layers made ready to learn: <see cref="Compile(Optimizer, Loss, IReadOnlyList{Metric}, IReadOnlyList{Metric}, int)"/> says how,
/// <see cref="Fit(Arrays, Arrays, FitOptions, CancellationToken)"/> learns, <see cref="Predict(NDArray, int, int?)"/> answers,
/// <see cref="Save"/> keeps. Arguments and defaults are Keras'.
/// </summary>
/// <remarks>
/// <para>A model is made of <see cref="Input"/>s and what layers give for them, or by deriving: take layers in with
/// <see cref="Layer.AddSublayer"/> and override <see cref="Call(Tensor, CallContext)"/>. <see cref="Sequential"/> is the chain.</para>
/// <para>Many threads may call <see cref="Predict(NDArray, int, int?)"/>, Call and Evaluate at the same time. One thread
/// may fit; a second Fit meanwhile is refused, and predictions made meanwhile see weights that are changing.</para>
/// </remarks>
/// <example><code>
/// Input features = new(4);
/// LayerTensor hidden = new Dense(8, "relu").Call(features);
/// Model network = new(features, new Dense(3).Call(hidden), name: "classifier");
/// network.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
/// </code></example>
public class Model : Layer
{
    private readonly SeedSource _seeds;
    private int _threads = Environment.ProcessorCount;

    /// <summary>A functional model: the layers between inputs and outputs.</summary>
    /// <param name="inputs">An <see cref="Input"/>, several, or several by name; also what a layer of another model gives, to start there.</param>
    /// <param name="outputs">What layers gave for them.</param>
    /// <param name="name">The model's name; null makes one.</param>
    /// <param name="trainable">Whether training changes its weights.</param>
    /// <param name="dtype">What layers without a dtype of their own compute in; null takes the type of the first floating input.</param>
    /// <param name="seed">The number from which first weights, shuffling and dropout are drawn; null takes one from <see cref="RandomSeed"/>.</param>
    /// <exception cref="ArgumentException">An output does not come from the inputs alone, or two layers have one name.</exception>
    public Model(LayerTensors inputs, LayerTensors outputs, string? name = null, bool trainable = true, DType? dtype = null, int? seed = null)
        : this(name, trainable, dtype ?? FirstFloat(inputs), seed)
    {
        Network = Network.Between(inputs, outputs, $"{ClassName} '{Name}'");
        EnsureBuilt([.. inputs.Select(t => t.Type)], _seeds);
    }

    /// <summary>The base of a model class of your own.</summary>
    /// <param name="name">The model's name; null makes one.</param>
    /// <param name="trainable">Whether training changes its weights.</param>
    /// <param name="dtype">What layers without a dtype of their own compute in; null takes that of the model around it, or float32.</param>
    /// <param name="seed">The number from which first weights, shuffling and dropout are drawn; null takes one from <see cref="RandomSeed"/>.</param>
    protected Model(string? name = null, bool trainable = true, DType? dtype = null, int? seed = null)
        : base(name, dtype, trainable)
    {
        _seeds = new SeedSource(seed ?? RandomSeed.Next());
        Plans = new PlanCache(this);
        Predictor = new Predictor(this);
        Progress = new TrainingState { Seed = _seeds.Seed };
    }

    /// <summary>Keras' name of the class: a functional model is a <c>Functional</c> in files.</summary>
    public override string ClassName => GetType() == typeof(Model) ? "Functional" : base.ClassName;

    /// <summary>The layers in order, without inputs.</summary>
    public virtual IReadOnlyList<Layer> Layers => Network?.Layers ?? base.Sublayers;

    /// <summary>The model's inputs, for models made of parts of this one.</summary>
    /// <exception cref="InvalidOperationException">The model is not built, or is a class of your own.</exception>
    public LayerTensors Inputs => RequireNetwork(nameof(Inputs)).Inputs;

    /// <summary>The model's outputs, for models made of parts of this one.</summary>
    /// <exception cref="InvalidOperationException">The model is not built, or is a class of your own.</exception>
    public LayerTensors Outputs => RequireNetwork(nameof(Outputs)).Outputs;

    /// <summary>
    /// The weights with the names that they have in files, Keras' variable paths: <c>mlp/dense/kernel</c> in a <see cref="Sequential"/>
    /// called mlp, <c>dense/kernel</c> in a functional model. In the order of <see cref="Layer.Weights"/>; every path is there once.
    /// </summary>
    public IReadOnlyList<(string Path, Variable Variable)> WeightPaths => Nabla.WeightPaths.Of(this);

    /// <summary>The names of the inputs: how arrays in a dictionary are told apart.</summary>
    public IReadOnlyList<string> InputNames => Network?.InputNames ?? [.. InputTypes.Select((_, i) => $"input_{i}")];

    /// <summary>The names of the outputs: those of the layers that give them.</summary>
    public IReadOnlyList<string> OutputNames => Network?.OutputNames ?? [.. OutputTypes.Select((_, i) => $"output_{i}")];

    /// <summary>The number from which first weights, shuffling and dropout are drawn. The same seed gives the same bits, whatever the number of threads.</summary>
    public int Seed => _seeds.Seed;

    /// <summary>How many threads share the work of a step; the processors by default.</summary>
    public int Threads
    {
        get => _threads;
        set => _threads = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{ClassName} '{Name}': expected 1 or more threads.");
    }

    /// <summary>Whether Fit is to end after the current step; callbacks set it.</summary>
    public bool StopTraining { get; set; }

    /// <summary>The optimizer; null before compiling.</summary>
    public Optimizer? Optimizer => Compilation?.Optimizer;

    /// <summary>The loss, of several outputs the first's; null before compiling, or where none was given.</summary>
    public Loss? Loss => Compilation?.Loss;

    /// <summary>What compiling has to say: choices made for you, and combinations that are legal and rarely meant.</summary>
    public IReadOnlyList<string> CompileNotes => Compilation is null ? [] : [.. Advise().Where(a => a.Level >= AdviceLevel.Note).Select(a => a.Message)];

    /// <summary>The graphs compiled so far, in order: each new batch size or data type costs one.</summary>
    public IReadOnlyList<string> CompiledPlans => Plans.Log;

    /// <summary>What comes out for a batch, of several outputs the first; null while the model is not built.</summary>
    public TensorType? OutputType => OutputTypes.Count > 0 ? OutputTypes[0] : null;

    /// <summary>What comes out for a batch; empty while the model is not built.</summary>
    public IReadOnlyList<TensorType> OutputTypes { get; private set; } = [];

    /// <summary>What the model's user must know: what the file says that it was loaded from, or what you set. Saved with the model.</summary>
    public ModelMetadata? Metadata { get; set; }

    /// <summary>The layers' calls; null for a class of your own, and for a chain that is not built.</summary>
    internal Network? Network { get; private protected set; }

    /// <summary>The activation of the layer that gives the first output, where it is known.</summary>
    internal Activation? OutputActivation => ActivationOf(OutputLayer);

    /// <summary>The layer that gives the first output, where it is known.</summary>
    internal virtual Layer? OutputLayer => Network?.Outputs[0].Layer;

    internal override bool ChecksData => Network is { DataChecks.Count: > 0 };

    internal Compilation? Compilation { get; private set; }

    internal PlanCache Plans { get; }

    internal Predictor Predictor { get; }

    internal TrainingState Progress { get; }

    internal SeedSource Seeds => _seeds;

    /// <inheritdoc/>
    internal override IReadOnlyList<Layer> Sublayers => Layers;

    /// <summary>The layers inside cast for themselves: what goes to an Embedding stays whole.</summary>
    protected internal override bool CastsInputs => false;

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => false;

    /// <summary>Builds the model for samples of given dims, without the batch axis: <c>model.Build([784])</c>.</summary>
    public void Build(Dims shape) => BuildFor([new TensorType(DType, [new Dim(2, StepGraphs.Batch), .. shape])]);

    /// <summary>Says how to learn. Compiling again forgets what the optimizer remembered.</summary>
    /// <param name="optimizer">An optimizer or its name; <see cref="RMSprop"/> by default, as in Keras.</param>
    /// <param name="loss">A loss or its name, for every output; without one the model can predict, not fit.</param>
    /// <param name="metrics">Metrics or their names, such as <c>"accuracy"</c>, for every output.</param>
    /// <param name="weightedMetrics">Metrics in which samples count by their weights.</param>
    /// <param name="verbose">1: what compiling has to say is printed; 0: it is not (see <see cref="CompileNotes"/>).</param>
    public void Compile(Optimizer? optimizer = null, Loss? loss = null, IReadOnlyList<Metric>? metrics = null, IReadOnlyList<Metric>? weightedMetrics = null, int verbose = 1) =>
        Compile(optimizer, Goals.ForAll(loss, metrics ?? [], weightedMetrics ?? []), verbose);

    /// <summary>Says how to learn several outputs, in order.</summary>
    /// <param name="optimizer">An optimizer or its name; <see cref="RMSprop"/> by default.</param>
    /// <param name="losses">A loss an output; null for an output that nothing is asked of.</param>
    /// <param name="lossWeights">What each loss counts in the sum; 1 by default.</param>
    /// <param name="metrics">A list of metrics an output.</param>
    /// <param name="verbose">1: what compiling has to say is printed; 0: it is not (see <see cref="CompileNotes"/>).</param>
    public void Compile(Optimizer? optimizer, IReadOnlyList<Loss?> losses, IReadOnlyList<double>? lossWeights = null, IReadOnlyList<IReadOnlyList<Metric>>? metrics = null, int verbose = 1) =>
        Compile(optimizer, Goals.InOrder(losses, lossWeights, metrics), verbose);

    /// <summary>Says how to learn several outputs, by their names.</summary>
    /// <param name="optimizer">An optimizer or its name; <see cref="RMSprop"/> by default.</param>
    /// <param name="losses">Losses by output; an output without one is asked nothing.</param>
    /// <param name="lossWeights">What each loss counts in the sum; 1 by default.</param>
    /// <param name="metrics">Metrics by output.</param>
    /// <param name="verbose">1: what compiling has to say is printed; 0: it is not (see <see cref="CompileNotes"/>).</param>
    public void Compile(
        Optimizer? optimizer,
        IReadOnlyDictionary<string, Loss> losses,
        IReadOnlyDictionary<string, double>? lossWeights = null,
        IReadOnlyDictionary<string, IReadOnlyList<Metric>>? metrics = null,
        int verbose = 1) =>
        Compile(optimizer, Goals.ByName(losses, lossWeights, metrics), verbose);

    /// <summary>Everything that the rules about common traps have to say of the model as it is: hints with them.</summary>
    public IReadOnlyList<Advice> Advise() => AdviceRules.Check(new ModelFacts(this, Compilation));

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
    /// <param name="classWeight">What each class counts in the loss: <c>new Dictionary&lt;int, double&gt; { [0] = 0.5, [1] = 2 }</c>; 1 where it is not said.</param>
    /// <param name="sampleWeight">What each sample counts in the loss.</param>
    /// <param name="callbacks">Who watches the training and may step in, in order.</param>
    /// <param name="stepsPerEpoch">Steps an epoch; null for all data.</param>
    /// <param name="validationSteps">Steps of each validation; null for all data.</param>
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
        IReadOnlyDictionary<int, double>? classWeight = null,
        NDArray? sampleWeight = null,
        IReadOnlyList<Callback>? callbacks = null,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        CancellationToken cancellationToken = default) => Fit(
        (Arrays)x,
        y,
        new FitOptions
        {
            BatchSize = batchSize,
            Epochs = epochs,
            Verbose = verbose,
            ValidationSplit = validationSplit,
            ValidationData = validationData is { } validation ? new ValidationData(validation.X, validation.Y) : null,
            Shuffle = shuffle,
            InitialEpoch = initialEpoch,
            ValidationBatchSize = validationBatchSize,
            ValidationFrequency = validationFrequency,
            Seed = seed,
            Threads = threads,
            Progress = progress,
            ClassWeight = classWeight,
            SampleWeight = sampleWeight,
            Callbacks = callbacks ?? [],
            StepsPerEpoch = stepsPerEpoch,
            ValidationSteps = validationSteps,
        },
        cancellationToken);

    /// <summary>The same for models of several inputs or outputs, with the options in one object.</summary>
    /// <param name="x">The samples of each input along the first axis.</param>
    /// <param name="y">The labels of each output.</param>
    /// <param name="options">How; Keras' defaults where null.</param>
    /// <param name="cancellationToken">Ends the training after the current step.</param>
    public History Fit(Arrays x, Arrays y, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        new FitLoop(this, options ?? new FitOptions()).Run(x, y, cancellationToken);

    /// <summary>The loss and metrics on data, with the weights as they are.</summary>
    /// <param name="x">The samples.</param>
    /// <param name="y">The labels.</param>
    /// <param name="batchSize">Samples a step.</param>
    /// <param name="threads">Threads for this call; the model's by default.</param>
    /// <param name="sampleWeight">What each sample counts.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled or not built.</exception>
    /// <exception cref="TrainingDataException">Data that do not fit the model.</exception>
    public EvaluationResult Evaluate(NDArray x, NDArray y, int batchSize = 32, int? threads = null, NDArray? sampleWeight = null) =>
        Evaluate((Arrays)x, y, batchSize, threads, sampleWeight);

    /// <summary>The same for models of several inputs or outputs.</summary>
    /// <param name="x">The samples of each input.</param>
    /// <param name="y">The labels of each output.</param>
    /// <param name="batchSize">Samples a step.</param>
    /// <param name="threads">Threads for this call; the model's by default.</param>
    /// <param name="sampleWeight">What each sample counts.</param>
    public EvaluationResult Evaluate(Arrays x, Arrays y, int batchSize = 32, int? threads = null, NDArray? sampleWeight = null)
    {
        CheckBatchSize(batchSize, nameof(Evaluate));
        Compilation compilation = RequireCompiled(nameof(Evaluate));
        RequireBuilt(nameof(Evaluate));
        TrainingData data = DataCheck.Run(this, nameof(Evaluate), x, y, sampleWeight);
        return compilation.Evaluate(data, batchSize, threads ?? Threads);
    }

    /// <summary>The outputs for all samples, computed batch by batch. Plans and their memory are kept, so that predicting again allocates only the result.</summary>
    /// <param name="x">The samples.</param>
    /// <param name="batchSize">Samples a step.</param>
    /// <param name="threads">Threads for this call; the model's by default.</param>
    /// <exception cref="InvalidOperationException">The model is not built: it has no weights yet, or it has several outputs.</exception>
    public NDArray Predict(NDArray x, int batchSize = 32, int? threads = null)
    {
        CheckBatchSize(batchSize, nameof(Predict));
        RequireBuilt(nameof(Predict));
        if (OutputTypes.Count > 1)
        {
            throw new InvalidOperationException($"{ClassName} '{Name}': Predict of one array expected a model of one output, received one of {OutputTypes.Count} ({string.Join(", ", OutputNames)}). Say Predict([x]): it gives all outputs.");
        }

        return Predictor.Run(InputCheck.IsReady(this, x) ? x : DataCheck.Inputs(this, nameof(Predict), x)[0], batchSize, threads ?? Threads);
    }

    /// <summary>All outputs for all samples of all inputs, computed batch by batch.</summary>
    /// <param name="x">The samples of each input.</param>
    /// <param name="batchSize">Samples a step.</param>
    /// <param name="threads">Threads for this call; the model's by default.</param>
    /// <exception cref="InvalidOperationException">The model is not built: it has no weights yet.</exception>
    public IReadOnlyList<NDArray> Predict(Arrays x, int batchSize = 32, int? threads = null)
    {
        CheckBatchSize(batchSize, nameof(Predict));
        RequireBuilt(nameof(Predict));
        return Predictor.Run(DataCheck.Inputs(this, nameof(Predict), x), batchSize, threads ?? Threads);
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
    /// <param name="inputs">The samples along the first axis.</param>
    /// <param name="training">Whether layers act as in training (dropout drops).</param>
    public override NDArray Call(Arrays inputs, bool training = false)
    {
        if (training)
        {
            return base.Call(inputs, training);
        }

        BuildFor([.. inputs.Select(a => a.Type)]);
        NDArray[] checkedInputs = DataCheck.Inputs(this, nameof(Call), inputs);
        return Predictor.Run(checkedInputs, Math.Max(1, checkedInputs[0].Dims[0].Size), Threads)[0];
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

    /// <summary>Reads a model from a file that <see cref="Save"/> wrote. The file is data: nothing in it is run.</summary>
    /// <remarks>Classes and functions of your own in it must be known by name: see <see cref="Layer.Register"/>.</remarks>
    /// <exception cref="MalformedFileException">The file is damaged, of another kind, or from a newer version.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static Model Load(string path) => ModelFile.Load(path);

    /// <summary>Writes the weights alone, under <see cref="WeightPaths"/>: what Keras, PyTorch and NumPy read.</summary>
    /// <param name="path">The file, NAME.safetensors or NAME.npz.</param>
    /// <exception cref="ArgumentException">Another kind of file.</exception>
    /// <exception cref="InvalidOperationException">The model is not built, or a weight is not finite.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public void SaveWeights(string path) => WeightFile.Save(this, path);

    /// <summary>Reads weights by their paths, all or none. The model's name may stand before the paths or not.</summary>
    /// <param name="path">The file, NAME.safetensors or NAME.npz; floating values of any width are converted.</param>
    /// <param name="skipMismatch">Whether weights that the file has not, or has in other dims, keep their values, and others in the file are ignored.</param>
    /// <returns>What was left out, a line each; empty where everything fitted.</returns>
    /// <exception cref="MalformedFileException">The file is damaged, or its weights are not this model's; the message lists every difference and nothing was changed.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public IReadOnlyList<string> LoadWeights(string path, bool skipMismatch = false) => WeightFile.Load(this, path, skipMismatch);

    /// <summary>The model without its weights as JSON, in Keras' shape: layers, what they were built for, and how the model was compiled.</summary>
    /// <exception cref="NotSupportedException">A part of the model is your own code, which a file cannot hold.</exception>
    public string ToJson() => ModelFile.ToJson(this);

    /// <summary>Makes a model of what <see cref="ToJson"/> gave, here or in Keras; its weights are drawn anew. Nothing in it is run.</summary>
    /// <exception cref="MalformedFileException">It is damaged, or says something that is not known here.</exception>
    public static Model FromJson(string json) => ModelFile.FromJson(json);

    /// <summary>
    /// Records a training step: forward, loss, gradients, update. Override it to train in another way; it is recorded once and compiled
    /// whole, so what it does with tensors runs at every step, and what it does beside them does not.
    /// </summary>
    /// <param name="step">The batch, the compiled loss and the optimizer.</param>
    /// <returns>The loss that histories show: a scalar.</returns>
    protected internal virtual Tensor TrainStep(StepContext step)
    {
        IReadOnlyList<Tensor> outputs = step.Forward(step.X);
        Tensor loss = step.Loss(outputs);
        step.Apply(step.Gradients(loss));
        return loss;
    }

    /// <summary>Records an evaluation step: forward and loss.</summary>
    /// <param name="step">The batch and the compiled loss.</param>
    /// <returns>The loss that results show: a scalar.</returns>
    protected internal virtual Tensor TestStep(StepContext step) => step.Loss(step.Forward(step.X));

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        if (GetType() == typeof(Model))
        {
            FunctionalConfig.Write(this, config);
        }
        else
        {
            base.WriteConfig(config);
        }
    }

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<TensorType> inputs)
    {
        foreach (Layer layer in Layers)
        {
            layer.Inherit(DType, $"'{Name}'");
        }

        if (Network is not null)
        {
            (InputTypes, OutputTypes) = ([.. Network.Inputs.Select(t => t.Type)], [.. Network.Outputs.Select(t => t.Type)]);
            return;
        }

        // A trial run on types alone: every layer makes its weights, and no value is computed.
        GraphBuilder builder = new();
        OutputTypes = [.. CallMany([.. inputs.Select((t, i) => builder.Input($"x{i}", t))], new CallContext(builder, training: false)).Select(t => t.Type)];
    }

    internal override string? ProblemOf(NDArray data, int place) =>
        Network?.DataChecks.Where(c => c.Input == place).Select(c => c.Layer.ProblemOf(data, c.Place)).FirstOrDefault(problem => problem is not null);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => Network?.Run([input], context)[0]
        ?? throw new NotSupportedException($"{ClassName} '{Name}': expected a model class that overrides Call(Tensor, CallContext), or inputs and outputs: new Model(inputs, outputs).");

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> CallMany(IReadOnlyList<Tensor> inputs, CallContext context) => Network is null
        ? base.CallMany(inputs, context)
        : inputs.Count == Network.Inputs.Count
            ? Network.Run(inputs, context)
            : throw Error($"expected {Network.Inputs.Count} inputs ({string.Join(", ", InputNames)}), received {inputs.Count}.");

    /// <summary>Builds the model if it is not built yet.</summary>
    internal void BuildFor(IReadOnlyList<TensorType> inputs)
    {
        if (Built)
        {
            return;
        }

        if (inputs.FirstOrDefault(t => t.Dims.Rank == 0) is { } scalar)
        {
            throw Error($"expected samples along a first axis, received a scalar ({scalar}).");
        }

        // Class numbers stay whole; everything else enters in the model's type.
        EnsureBuilt([.. inputs.Select(t => new TensorType(t.DType.IsInteger ? t.DType : DType, [new Dim(2, StepGraphs.Batch), .. t.Dims[1..]]))], _seeds);
    }

    /// <summary>Compiles as a file says.</summary>
    internal void Recompile(Optimizer optimizer, Goals goals) => Compilation = new Compilation(this, optimizer, goals);

    /// <summary>Records the model's computation in a graph.</summary>
    internal IReadOnlyList<Tensor> Trace(IReadOnlyList<Tensor> inputs, CallContext context) => CallMany(inputs, context);

    /// <summary>What a layer applies last, where it is known.</summary>
    internal static Activation? ActivationOf(Layer? layer) => layer switch
    {
        Dense dense => dense.Activation,
        EinsumDense einsum => einsum.Activation,
        ActivationLayer activation => activation.Activation,
        Softmax => Activation.Softmax,
        Model model => model.OutputActivation,
        _ => null,
    };

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

    private void Compile(Optimizer? optimizer, Goals goals, int verbose)
    {
        Compilation = new Compilation(this, optimizer, goals);
        if (verbose > 0)
        {
            Compilation.Say(Console.Out);
        }
    }

    private Network RequireNetwork(string member) => Network
        ?? throw new InvalidOperationException($"{ClassName} '{Name}': {member} expected a built model of connected layers. {(Built ? "A model class of your own has none" : "Build it first")}.");

    private void CheckBatchSize(int batchSize, string method)
    {
        if (batchSize < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"{ClassName} '{Name}': {method} expected a batchSize of 1 or more, such as 32.");
        }
    }

    private static DType FirstFloat(LayerTensors inputs) => inputs.FirstOrDefault(t => t.Type.DType.IsFloat)?.Type.DType ?? DType.Float32;
}
