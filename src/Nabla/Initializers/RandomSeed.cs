using System.Security.Cryptography;

namespace Nabla;

/// <summary>
/// The seed of the whole process, as Keras' <c>set_random_seed</c>: models made afterwards without a seed of their own
/// draw theirs from it, in the order in which they are made.
/// </summary>
/// <example><code>
/// RandomSeed.Set(1234);
/// Sequential repeatable = new([new Dense(3)]);
/// </code></example>
public static class RandomSeed
{
    private static readonly Lock Gate = new();
    private static ulong? s_seed;
    private static ulong s_drawn;

    /// <summary>Fixes the seed; the same program then gives the same numbers again.</summary>
    public static void Set(int seed)
    {
        lock (Gate)
        {
            s_seed = unchecked((ulong)seed);
            s_drawn = 0;
        }
    }

    /// <summary>A seed for a new model.</summary>
    internal static int Next()
    {
        lock (Gate)
        {
            return s_seed is { } seed ? new RandomStream(seed, ++s_drawn).Below(0, int.MaxValue) : RandomNumberGenerator.GetInt32(int.MaxValue);
        }
    }
}
