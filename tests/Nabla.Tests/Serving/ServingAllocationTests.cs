namespace Nabla.Tests.Serving;

/// <summary>What one prediction leaves for the garbage collector.</summary>
public sealed class ServingAllocationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public void One_prediction_allocates_its_result_and_no_byte_more(int batchSize)
    {
        Sequential model = ServingTests.Wide();
        NDArray sample = ServingTests.Samples(1, 32);

        // The result is an array object, its values, and, shared by all results, its dims.
        Dims dims = [1, 10];
        long result = Least(() => NDArray.Zeros(DType.Float32, dims));

        Assert.InRange(Least(() => model.Predict(sample, batchSize)), 1, result);
    }

    [Fact]
    public void One_prediction_from_span_to_span_allocates_nothing()
    {
        Sequential model = ServingTests.Wide();
        float[] sample = ServingTests.Samples(1, 32).ToArray<float>();
        var output = new float[10];

        Assert.Equal(0, Least(() => model.Predict(sample, output)));
    }

    [Fact]
    public void A_batch_allocates_its_result_and_no_byte_more()
    {
        Sequential model = ServingTests.Wide();
        NDArray samples = ServingTests.Samples(32, 32);
        Dims dims = [32, 10];
        long result = Least(() => NDArray.Zeros(DType.Float32, dims));

        Assert.InRange(Least(() => model.Predict(samples)), 1, result);
    }

    // This thread's count alone. Methods are compiled again (tiering) now and then, which is no allocation of ours: the least of many windows counts.
    private static long Least(Action predict)
    {
        for (int i = 0; i < 100; i++)
        {
            predict();
        }

        long least = long.MaxValue;
        for (int window = 0; window < 50; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            predict();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
