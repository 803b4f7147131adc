using System.Diagnostics;
using System.Globalization;

namespace Nabla.Bench;

/// <summary>
/// Sixteen threads predict one sample at a time on one model, by array and by span in turn, and compare every answer with the one that a single
/// thread gave. Prints predictions a second; a wrong answer ends with an error.
/// </summary>
internal static class Serving
{
    private const int Samples = 256;

    public static int Run(int seconds, int threads)
    {
        Sequential model = new([new InputLayer(784), new Dense(64, "relu"), new Dropout(0.2), new Dense(32, "gelu"), new Dense(10, "softmax")], seed: 1);
        RandomStream random = new(1, 1);
        NDArray x = NDArray.Create<float>([.. Enumerable.Range(0, Samples * 784).Select(i => (float)random.Uniform(i))], [Samples, 784]);
        NDArray[] samples = [.. Enumerable.Range(0, Samples).Select(i => x[i..(i + 1)])];
        float[][] expected = [.. samples.Select(s => model.Predict(s).ToArray<float>())];
        long wrong = 0;
        long answers = 0;
        long end = Stopwatch.GetTimestamp() + seconds * Stopwatch.Frequency;
        Thread[] workers =
        [
            .. Enumerable.Range(0, threads).Select(t => new Thread(() =>
            {
                var output = new float[10];
                long own = 0;
                for (int i = t; Stopwatch.GetTimestamp() < end; i++, own++)
                {
                    int row = i * (2 * t + 1) % Samples;
                    if (i % 2 == 0)
                    {
                        model.Predict(samples[row].AsSpan<float>(), output);
                    }

                    ReadOnlySpan<float> answer = i % 2 == 0 ? output : model.Predict(samples[row]).AsSpan<float>();
                    if (!answer.SequenceEqual(expected[row]))
                    {
                        Interlocked.Increment(ref wrong);
                    }
                }

                Interlocked.Add(ref answers, own);
            })),
        ];
        Array.ForEach(workers, w => w.Start());
        Array.ForEach(workers, w => w.Join());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{threads} threads, {seconds} s: {answers} predictions, {answers / (double)seconds:0} a second, {wrong} wrong"));
        return wrong == 0 ? 0 : 1;
    }
}
