using System.Numerics;

namespace Nabla;

/// <summary>
/// Random numbers in a graph. Each element comes from the seed, the stream and its own place, so the same seed and stream give the same numbers
/// however the work is split. A program gives every draw a stream of its own (0 or more), and every run another seed or stream.
/// </summary>
/// <example><code>
/// GraphBuilder builder = input.Builder;
/// Tensor seed = builder.Constant(7, DType.Int64), stream = builder.Constant(0, DType.Int64);
/// Tensor noisy = input + 0.1 * builder.Normal(seed, stream, input.Dims);
/// </code></example>
public static class TensorRandom
{
    extension(GraphBuilder builder)
    {
        /// <summary>Numbers in [0, 1).</summary>
        /// <param name="seed">An int64 scalar.</param>
        /// <param name="stream">An int64 scalar, 0 or more.</param>
        /// <param name="dims">The dims of the result.</param>
        /// <param name="dtype">float32 or float64.</param>
        public Tensor Uniform(Tensor seed, Tensor stream, Dims dims, DType dtype = DType.Float32) => builder.Apply(new Uniform(dims, dtype), seed, stream);

        /// <summary>Numbers of the standard normal distribution, by Box and Muller's transform of two uniform draws; at most 5.8 (float64: 8.6) from 0.</summary>
        public Tensor Normal(Tensor seed, Tensor stream, Dims dims, DType dtype = DType.Float32)
        {
            using IDisposable _ = builder.Scope("normal");

            // Streams of programs are 0 or more; the second draw has the stream with the sign bit set.
            Tensor second = stream + new Rational(new BigInteger(long.MinValue), 1);
            Tensor radius = (-2 * (1 - builder.Uniform(seed, stream, dims, dtype)).Log()).Sqrt();
            return radius * (6.283185307179586 * builder.Uniform(seed, second, dims, dtype)).Cos();
        }

        /// <summary>Truth values, true with a probability: the same in programs of every element type.</summary>
        public Tensor Bernoulli(Tensor seed, Tensor stream, double probability, Dims dims)
        {
            using IDisposable _ = builder.Scope("bernoulli");
            if (probability is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(probability), probability, "bernoulli: expected a probability from 0 to 1.");
            }

            // Draws are multiples of 2^-24 and so is the bound, so both are exact in every floating type.
            const int Steps = 1 << 24;
            Rational bound = new((long)Math.Ceiling(probability * Steps), Steps);
            return builder.Uniform(seed, stream, dims, DType.Float32).LessThan(bound);
        }
    }
}
