namespace Nabla.Tests.Training;

/// <summary>The same seed gives the same bits, whatever the number of threads.</summary>
[Collection(nameof(AllocationTests))]
public sealed class DeterminismTests
{
    // Wide enough that a step's products are shared among threads.
    private static float[] Train(int threads, int seed = 5)
    {
        (NDArray x, NDArray y) = Problems.Digits(300, features: 128);
        Sequential model = new([new Dense(256, "relu"), new Dense(10)], seed: seed);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
        History history = model.Fit(x, y, batchSize: 128, epochs: 2, verbose: 0, threads: threads);
        return [.. model.GetWeights().SelectMany(w => w.ToArray<float>()), .. history.Values.SelectMany(v => v).Select(v => (float)v)];
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_bits_do_not_depend_on_the_number_of_threads(int threads)
    {
        float[] alone = Train(1);
        ThreadTeam team = ThreadTeam.Shared(threads);

        // On a busy machine the caller may do all the shares itself before a helper wakes: only a run in which one helped counts.
        for (int attempt = 0; attempt < 50; attempt++)
        {
            long before = team.Helped;
            float[] shared = Train(threads);
            Assert.Equal(alone, shared);
            if (team.Helped > before)
            {
                return;
            }
        }

        Assert.Fail("No helper took a share in 50 trainings.");
    }

    [Fact]
    public void Another_seed_gives_other_weights() => Assert.NotEqual(Train(1), Train(1, seed: 6));

    [Fact]
    public void Shuffling_takes_every_sample_once_and_each_epoch_in_another_order()
    {
        BatchOrder order = new(100);
        order.Begin(seed: 3, epoch: 0, shuffle: true);
        int[] first = order.Rows(0, 100).ToArray();
        order.Begin(seed: 3, epoch: 1, shuffle: true);
        int[] second = order.Rows(0, 100).ToArray();
        Assert.Equal(Enumerable.Range(0, 100), first.Order());
        Assert.NotEqual(first, second);
        order.Begin(seed: 3, epoch: 0, shuffle: true);
        Assert.Equal(first, order.Rows(0, 100).ToArray());
    }

    [Fact]
    public void Every_order_of_three_is_equally_likely()
    {
        Dictionary<string, int> counts = [];
        BatchOrder order = new(3);
        for (int epoch = 0; epoch < 6000; epoch++)
        {
            order.Begin(1, epoch, shuffle: true);
            string key = string.Join(",", order.Rows(0, 3).ToArray());
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        // 1000 each, with a deviation of √(6000 · 1/6 · 5/6) = 29: bounds of five of those.
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, c => Assert.InRange(c, 1000 - 145, 1000 + 145));
    }

    [Fact]
    public void Without_shuffling_samples_come_in_their_order()
    {
        BatchOrder order = new(5);
        order.Begin(1, 0, shuffle: false);
        Assert.Equal([2, 3, 4], order.Rows(2, 3).ToArray());
    }
}
