using System.Collections.Concurrent;

namespace Nabla.Tests.Serving;

/// <summary>Many threads that predict at once and compare every answer with the one that a single thread gave.</summary>
internal static class ServingLoad
{
    /// <summary>Each thread asks for every sample, in another order, by array and by span in turn.</summary>
    public static void Run(Model model, NDArray samples, float[][] expected, int threads, int rounds)
    {
        ConcurrentQueue<string> wrong = [];
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(t => new Thread(() => Work(model, samples, expected, t, rounds, wrong)))];
        foreach (Thread worker in workers)
        {
            worker.Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        Assert.Empty(wrong);
    }

    private static void Work(Model model, NDArray samples, float[][] expected, int thread, int rounds, ConcurrentQueue<string> wrong)
    {
        try
        {
            var output = new float[expected[0].Length];
            for (int i = 0; i < rounds * expected.Length; i++)
            {
                int row = (i * (2 * thread + 1) + thread) % expected.Length;
                NDArray sample = samples[row..(row + 1)];
                if (i % 2 == 0)
                {
                    model.Predict(sample.AsSpan<float>(), output);
                }

                ReadOnlySpan<float> answer = i % 2 == 0 ? output : model.Predict(sample).AsSpan<float>();
                if (!answer.SequenceEqual(expected[row]))
                {
                    wrong.Enqueue($"thread {thread}, sample {row}");
                }
            }
        }
        catch (Exception e)
        {
            wrong.Enqueue(e.ToString());
        }
    }
}
