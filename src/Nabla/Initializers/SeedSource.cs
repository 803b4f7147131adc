namespace Nabla;

/// <summary>A model's seed, and the streams of random numbers that its weights take from it one after the other.</summary>
/// <param name="seed">The model's seed.</param>
internal sealed class SeedSource(int seed)
{
    private ulong _taken;

    /// <summary>The seed.</summary>
    public int Seed => seed;

    /// <summary>The next stream; an initializer's own seed gives the same numbers every time.</summary>
    public RandomStream Stream(int? ownSeed) =>
        ownSeed is { } own ? new RandomStream(unchecked((ulong)own), 0) : new RandomStream(unchecked((ulong)seed), ++_taken);
}
