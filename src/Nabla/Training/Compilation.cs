namespace Nabla;

/// <summary>What <see cref="Model.Compile"/> decided, and what the optimizer remembers since.</summary>
internal sealed class Compilation
{
    private readonly Model _model;
    private readonly bool _isOptimizerGiven;

    public Compilation(Model model, Optimizer? optimizer, Loss? loss, IReadOnlyList<Metric> metrics)
    {
        _model = model;
        Optimizer = optimizer ?? new RMSprop();
        Loss = loss;
        Metrics = Named(metrics);
        _isOptimizerGiven = optimizer is not null;
    }

    public Optimizer Optimizer { get; }

    public Loss? Loss { get; }

    /// <summary>The metrics as given; <c>"accuracy"</c> is still a name here.</summary>
    public IReadOnlyList<(string Key, Metric Metric)> Metrics { get; }

    /// <summary>What there is to say; asked for anew each time, because the output is known only once the model is built.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. _isOptimizerGiven ? Array.Empty<string>() : ["No optimizer was given: RMSprop with a learning rate of 0.001, as in Keras (gradient descent is \"sgd\")."],
        .. OutputAdvice.For(_model.OutputActivation, Loss, Metrics.Select(m => m.Metric), _model.OutputType),
    ];

    /// <summary>What the optimizer remembers; null until the first step is made ready.</summary>
    public OptimizerState? State { get; set; }

    /// <summary>The weights that training changes and the optimizer's memory of them, made at the first use after compiling.</summary>
    public OptimizerState EnsureState() => State ??= new OptimizerState(Optimizer, _model.TrainableWeights);

    // Two metrics of one name would share a key: the second becomes name_1, as in Keras.
    private static List<(string, Metric)> Named(IReadOnlyList<Metric> metrics)
    {
        HashSet<string> taken = ["loss"];
        List<(string, Metric)> named = [];
        foreach (Metric metric in metrics)
        {
            ArgumentNullException.ThrowIfNull(metric);
            string key = metric.Name;
            for (int i = 1; !taken.Add(key); i++)
            {
                key = $"{metric.Name}_{i}";
            }

            named.Add((key, metric));
        }

        return named;
    }
}
