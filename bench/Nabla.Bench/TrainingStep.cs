using System.Diagnostics;
using Nabla.Compiler.Kernels;

namespace Nabla.Bench;

/// <summary>The course network's training step (784-25-15-10, batch 32, Adam), beside PyTorch's eager loop in the same run.</summary>
public static class TrainingStep
{
    private const int Samples = 6400;
    private const int BatchSize = 32;

    // Multiply-adds times two, the first layer's input gradient left out: forward, weight gradients, and input gradients of layers two and three.
    private const double FlopPerStep = 2.0 * BatchSize * ((2 * 784 * 25) + (3 * 25 * 15) + (3 * 15 * 10));

    /// <summary>Prints microseconds per step and ratios.</summary>
    public static void Run(string peerScript)
    {
        using PyTorchPeer? peer = PyTorchPeer.Start(peerScript);
        double ceiling = FmaCeiling.Measure(SimdChoice.Best, DType.Float32);
        Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors; FMA ceiling of one core {ceiling:0} GF/s; peer: {peer?.Version ?? "none found (Debian: apt install python3-torch)"}"));
        Console.WriteLine("threads   microseconds per step: median (min..max)        % of one core's FMA ceiling");
        foreach (int threads in (int[])[1, 2])
        {
            Trainer trainer = new(threads);
            trainer.Measure(10);
            List<double> ours = [], theirs = [], ratios = [];
            for (int round = 0; round < 9; round++)
            {
                ours.Add(trainer.Measure(10));
                if (peer is not null)
                {
                    theirs.Add(peer.Measure(threads, 1000));
                    ratios.Add(theirs[^1] / ours[^1]);
                }
            }

            Spread spread = Spread.Of(ours);
            Console.WriteLine(FormattableString.Invariant($"{threads}         Nabla    {spread,-40} {FlopPerStep / (spread.Median * 1e3) / ceiling:0%}"));
            if (peer is not null)
            {
                Console.WriteLine($"          PyTorch  {Spread.Of(theirs)}");
                Console.WriteLine($"          PyTorch / Nabla, pair by pair: {Spread.Of(ratios)}");
            }
        }
    }

    private sealed class Trainer
    {
        private readonly Sequential _model;
        private readonly NDArray _x;
        private readonly NDArray _y;
        private readonly int _threads;

        public Trainer(int threads)
        {
            Random random = new(0);
            _threads = threads;
            _x = NDArray.Create<float>([.. Enumerable.Range(0, Samples * 784).Select(_ => random.NextSingle())], [Samples, 784]);
            _y = NDArray.Create<int>([.. Enumerable.Range(0, Samples).Select(_ => random.Next(10))], [Samples]);
            _model = new Sequential([new Dense(25, "relu"), new Dense(15, "relu"), new Dense(10)], seed: 0);
            _model.Compile(new Adam(), new SparseCategoricalCrossentropy(fromLogits: true));
        }

        /// <summary>Microseconds per step over whole epochs of <c>Fit</c>, gathering of rows and all.</summary>
        public double Measure(int epochs)
        {
            Stopwatch watch = Stopwatch.StartNew();
            _model.Fit(_x, _y, batchSize: BatchSize, epochs: epochs, verbose: 0, threads: _threads);
            return watch.Elapsed.TotalMicroseconds / (epochs * (Samples / BatchSize));
        }
    }
}
