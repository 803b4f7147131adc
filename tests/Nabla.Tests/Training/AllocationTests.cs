namespace Nabla.Tests.Training;

/// <summary>After its first run a training step allocates nothing, in no thread.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_step_allocates_nothing_after_warm_up(int threads)
    {
        (NDArray x, NDArray y) = Problems.Digits(100, features: 16);
        Sequential model = new([new Dense(24, "relu"), new Dropout(0.1), new Dense(10)], seed: 1);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
        model.BuildFor([x.Type]);
        TrainingData data = DataCheck.Run(model, "test", x, y);
        TrainingStep step = new(model.Compilation!.TrainingPlans(data, batchSize: 32, threads), data);
        step.Begin(0.001, seed: 1);
        BatchOrder order = new(data.Count);
        order.Begin(1, 0, shuffle: true);

        void Epoch()
        {
            for (int start = 0; start < data.Count; start += 32)
            {
                step.Run(order.Rows(start, Math.Min(32, data.Count - start)));
            }
        }

        // Warm-up: plans are compiled, methods are compiled twice (tiering), threads are started.
        for (int i = 0; i < 50; i++)
        {
            Epoch();
        }

        // The count is the whole process', and the test runner's own threads allocate now and then; what a step allocates would be in every window.
        long least = long.MaxValue;
        for (int window = 0; window < 20 && least > 0; window++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < 5; i++)
            {
                Epoch();
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }
}
