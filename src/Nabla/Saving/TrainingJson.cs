namespace Nabla;

/// <summary><c>training.json</c>: where training stands, beside weights and the optimizer's memory.</summary>
internal static class TrainingJson
{
    public static void Write(ConfigWriter config, TrainingState state)
    {
        config.Integer("seed", state.Seed);
        config.Long("epochs", state.Epochs);
    }

    /// <summary>Reads all of it, then sets it.</summary>
    public static Action<TrainingState> Read(ConfigReader config)
    {
        int seed = config.Integer("seed", 0)!.Value;
        long epochs = config.Long("epochs");
        return state => (state.Seed, state.Epochs) = (seed, epochs);
    }
}
