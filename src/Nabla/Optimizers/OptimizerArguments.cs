namespace Nabla;

/// <summary>The arguments that all optimizers share, with Keras' defaults: an optimizer class of your own hands them to its base.</summary>
/// <example><code>
/// OptimizerArguments arguments = new() { WeightDecay = 0.004, ClipNorm = 1, UseEma = true };
/// </code></example>
public sealed record OptimizerArguments
{
    /// <summary>Before each step every weight loses this share of itself, times the learning rate; biases too, as in Keras. Null for none.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>Each gradient is shortened to this length (L2). At most one of the three kinds of clipping may be given.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Each element of a gradient is held between ± this.</summary>
    public double? ClipValue { get; init; }

    /// <summary>All gradients together are shortened to this length.</summary>
    public double? GlobalClipNorm { get; init; }

    /// <summary>Whether a moving average of the weights is kept, which takes their place when a fit ends.</summary>
    public bool UseEma { get; init; }

    /// <summary>How much of the average stays at each step, from 0 to 1.</summary>
    public double EmaMomentum { get; init; } = 0.99;

    /// <summary>Steps from one overwriting of the weights by their average to the next; null for the end of a fit alone.</summary>
    public int? EmaOverwriteFrequency { get; init; }

    /// <summary>The loss is multiplied by this before gradients are taken, and the gradients divided by it. Null for 1.</summary>
    public double? LossScaleFactor { get; init; }

    /// <summary>Batches whose gradients are averaged before one step is made of them; null for a step a batch.</summary>
    public int? GradientAccumulationSteps { get; init; }

    /// <summary>Saved with the model; null takes the class' name.</summary>
    public string? Name { get; init; }

    /// <summary>Reads them under Keras' names.</summary>
    /// <param name="config">The optimizer's configuration.</param>
    /// <param name="weightDecay">The class' own default.</param>
    internal static OptimizerArguments Read(ConfigReader config, double? weightDecay = null) => new()
    {
        WeightDecay = config.IsNull("weight_decay") ? null : config.OptionalNumber("weight_decay") ?? weightDecay,
        ClipNorm = config.OptionalNumber("clipnorm"),
        ClipValue = config.OptionalNumber("clipvalue"),
        GlobalClipNorm = config.OptionalNumber("global_clipnorm"),
        UseEma = config.Boolean("use_ema", false),
        EmaMomentum = config.Number("ema_momentum", 0.99),
        EmaOverwriteFrequency = config.Integer("ema_overwrite_frequency", null),
        LossScaleFactor = config.OptionalNumber("loss_scale_factor"),
        GradientAccumulationSteps = config.Integer("gradient_accumulation_steps", null),
        Name = config.OptionalText("name"),
    };
}
