namespace Nabla;

/// <summary>
/// For matrices (Jordan 2024; Liu and others 2025): m ← μ·m + g, and the step is g + μ·m made nearly orthogonal by a few Newton-Schulz steps,
/// x ← a·x + (b·x·xᵀ + c·(x·xᵀ)²)·x, times 0.2·√max(rows, columns). Biases, embeddings and the layers left out follow Adam.
/// </summary>
/// <example><code>
/// model.Compile(new Muon(0.01, excludeLayers: ["output"]), "mse");
/// </code></example>
public sealed class Muon : Optimizer
{
    /// <summary>Muon; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α: a number or a schedule; 0.001 by default.</param>
    /// <param name="adamBeta1">Adam's β1, for weights that follow Adam.</param>
    /// <param name="adamBeta2">Adam's β2.</param>
    /// <param name="adamWeightDecay">The weight decay of weights that follow Adam.</param>
    /// <param name="epsilon">Adam's ε.</param>
    /// <param name="weightDecay">The weight decay of matrices.</param>
    /// <param name="clipNorm">The longest that each gradient may be.</param>
    /// <param name="clipValue">The largest that each element of a gradient may be.</param>
    /// <param name="globalClipNorm">The longest that all gradients together may be.</param>
    /// <param name="useEma">Whether an average of the weights is kept, and taken over at the end of a fit.</param>
    /// <param name="emaMomentum">How much of the average stays at each step.</param>
    /// <param name="emaOverwriteFrequency">Steps from one taking over of the average to the next.</param>
    /// <param name="lossScaleFactor">What the loss is multiplied by, and the gradients divided by.</param>
    /// <param name="gradientAccumulationSteps">Batches that make one step together.</param>
    /// <param name="name">Saved with the model.</param>
    /// <param name="excludeLayers">Every weight in whose name one of these regular expressions is found follows Adam.</param>
    /// <param name="excludeEmbeddings">Whether weights with embedding in their names follow Adam.</param>
    /// <param name="muonA">a.</param>
    /// <param name="muonB">b.</param>
    /// <param name="muonC">c.</param>
    /// <param name="adamLrRatio">What the rate is multiplied by for Adam.</param>
    /// <param name="momentum">μ.</param>
    /// <param name="nsSteps">Newton-Schulz steps.</param>
    /// <param name="nesterov">Whether the step looks ahead along m.</param>
    /// <param name="rmsRate">The root mean square that steps are brought to; null leaves them as they are.</param>
    public Muon(
        LearningRate? learningRate = null,
        double adamBeta1 = 0.9,
        double adamBeta2 = 0.999,
        double? adamWeightDecay = 0.004,
        double epsilon = 1e-7,
        double? weightDecay = 0.004,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        string? name = null,
        IReadOnlyList<string>? excludeLayers = null,
        bool excludeEmbeddings = true,
        double muonA = 3.4445,
        double muonB = -4.775,
        double muonC = 2.0315,
        double adamLrRatio = 1,
        double momentum = 0.95,
        int nsSteps = 5,
        bool nesterov = true,
        double? rmsRate = 0.2)
        : this(
            learningRate ?? 0.001,
            adamBeta1, adamBeta2, adamWeightDecay, epsilon,
            new OptimizerArguments
            {
                WeightDecay = weightDecay,
                ClipNorm = clipNorm,
                ClipValue = clipValue,
                GlobalClipNorm = globalClipNorm,
                UseEma = useEma,
                EmaMomentum = emaMomentum,
                EmaOverwriteFrequency = emaOverwriteFrequency,
                LossScaleFactor = lossScaleFactor,
                GradientAccumulationSteps = gradientAccumulationSteps,
                Name = name,
            },
            excludeLayers, excludeEmbeddings, muonA, muonB, muonC, adamLrRatio, momentum, nsSteps, nesterov, rmsRate)
    {
    }

    private Muon(LearningRate learningRate, double adamBeta1, double adamBeta2, double? adamWeightDecay, double epsilon, OptimizerArguments arguments, IReadOnlyList<string>? excludeLayers, bool excludeEmbeddings, double muonA, double muonB, double muonC, double adamLrRatio, double momentum, int nsSteps, bool nesterov, double? rmsRate)
        : base(learningRate, arguments)
    {
        AdamBeta1 = Share(adamBeta1, nameof(adamBeta1));
        AdamBeta2 = Share(adamBeta2, nameof(adamBeta2));
        AdamWeightDecay = NotNegative(adamWeightDecay, nameof(adamWeightDecay));
        Epsilon = Positive(epsilon, nameof(epsilon));
        ExcludeLayers = [.. excludeLayers ?? []];
        ExcludeEmbeddings = excludeEmbeddings;
        MuonA = muonA;
        MuonB = muonB;
        MuonC = muonC;
        AdamLrRatio = Positive(adamLrRatio, nameof(adamLrRatio));
        Momentum = Share(momentum, nameof(momentum));
        NsSteps = nsSteps >= 1 ? nsSteps : throw new ArgumentOutOfRangeException(nameof(nsSteps), nsSteps, $"{ClassName}: expected nsSteps of 1 or more, such as 5.");
        Nesterov = nesterov;
        NamePattern.Check(ExcludeLayers, $"{ClassName}: excludeLayers");
        RmsRate = NotNegative(rmsRate, nameof(rmsRate));
    }

    /// <summary>Adam's β1, for weights that follow Adam.</summary>
    public double AdamBeta1 { get; }

    /// <summary>Adam's β2.</summary>
    public double AdamBeta2 { get; }

    /// <summary>The weight decay of weights that follow Adam.</summary>
    public double? AdamWeightDecay { get; }

    /// <summary>Adam's ε.</summary>
    public double Epsilon { get; }

    /// <summary>Every weight in whose name one of these regular expressions is found follows Adam.</summary>
    public IReadOnlyList<string> ExcludeLayers { get; }

    /// <summary>Whether weights with embedding in their names follow Adam.</summary>
    public bool ExcludeEmbeddings { get; }

    /// <summary>a.</summary>
    public double MuonA { get; }

    /// <summary>b.</summary>
    public double MuonB { get; }

    /// <summary>c.</summary>
    public double MuonC { get; }

    /// <summary>What the rate is multiplied by for Adam.</summary>
    public double AdamLrRatio { get; }

    /// <summary>μ.</summary>
    public double Momentum { get; }

    /// <summary>Newton-Schulz steps.</summary>
    public int NsSteps { get; }

    /// <summary>Whether the step looks ahead along m.</summary>
    public bool Nesterov { get; }

    /// <summary>The root mean square that steps are brought to; null leaves them as they are.</summary>
    public double? RmsRate { get; }

    /// <summary>Adam's mean square only where Adam is followed.</summary>
    protected internal override IReadOnlyList<OptimizerSlot> Slots(Variable weight) =>
        FollowsAdam(weight) ? [new("momentum"), new("velocity")] : [new("momentum")];

    /// <inheritdoc/>
    protected internal override double? WeightDecayOf(Variable weight) => FollowsAdam(weight) ? AdamWeightDecay : WeightDecay;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Remember(WeightStep step)
    {
        if (step.Slots.Count == 1)
        {
            return [step.Slots[0] * Momentum + step.Gradient];
        }

        (Tensor m, Tensor v) = Moments.Next(step, AdamBeta1, AdamBeta2);
        return [m, v];
    }

    /// <inheritdoc/>
    protected internal override Tensor Move(WeightStep step, IReadOnlyList<Tensor> remembered)
    {
        if (remembered.Count == 2)
        {
            Tensor rate = step.Own(Moments.Corrected(step.Step, AdamBeta1, AdamBeta2) * AdamLrRatio);
            return step.Value - remembered[0] * rate / (remembered[1].Sqrt() + Epsilon);
        }

        Tensor direction = Orthogonal(Nesterov ? step.Gradient + remembered[0] * Momentum : remembered[0]);
        Dims dims = step.Weight.Type.Dims;
        double scale = RmsRate is { } rms ? rms * Math.Sqrt(Math.Max(dims[0].Size, dims[1].Size)) : 1;
        return step.Value - direction * (step.Rate * scale);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("adam_beta_1", AdamBeta1);
        config.Number("adam_beta_2", AdamBeta2);
        config.Number("adam_weight_decay", AdamWeightDecay);
        config.Number("epsilon", Epsilon);
        config.Texts("exclude_layers", ExcludeLayers);
        config.Boolean("exclude_embeddings", ExcludeEmbeddings);
        config.Number("muon_a", MuonA);
        config.Number("muon_b", MuonB);
        config.Number("muon_c", MuonC);
        config.Number("adam_lr_ratio", AdamLrRatio);
        config.Number("momentum", Momentum);
        config.Integer("ns_steps", NsSteps);
        config.Boolean("nesterov", Nesterov);
        config.Number("rms_rate", RmsRate);
    }

    internal static Muon Read(ConfigReader c) => new(
        OptimizerTable.Rate(c, 0.001),
        c.Number("adam_beta_1", 0.9),
        c.Number("adam_beta_2", 0.999),
        c.IsNull("adam_weight_decay") ? null : c.Number("adam_weight_decay", 0.004),
        c.Number("epsilon", 1e-7),
        OptimizerArguments.Read(c, weightDecay: 0.004),
        c.Texts("exclude_layers"),
        c.Boolean("exclude_embeddings", true),
        c.Number("muon_a", 3.4445),
        c.Number("muon_b", -4.775),
        c.Number("muon_c", 2.0315),
        c.Number("adam_lr_ratio", 1),
        c.Number("momentum", 0.95),
        c.Integer("ns_steps", 5)!.Value,
        c.Boolean("nesterov", true),
        c.IsNull("rms_rate") ? null : c.Number("rms_rate", 0.2));

    private bool FollowsAdam(Variable weight) =>
        weight.Type.Dims.Rank != 2
        || (ExcludeEmbeddings && weight.Name.Contains("embedding", StringComparison.OrdinalIgnoreCase))
        || NamePattern.Finds(ExcludeLayers, weight.Name);

    private Tensor Orthogonal(Tensor x)
    {
        bool tall = x.Dims[0].Size > x.Dims[1].Size;
        x = tall ? x.T : x;
        x /= x.Square().Sum().Sqrt() + 1e-7;
        for (int i = 0; i < NsSteps; i++)
        {
            Tensor square = x.MatMul(x, transposeRight: true);
            Tensor mix = square * MuonB + (square * MuonC).MatMul(square);
            x = x * MuonA + mix.MatMul(x);
        }

        return tall ? x.T : x;
    }
}
