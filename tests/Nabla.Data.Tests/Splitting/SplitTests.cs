namespace Nabla.Data.Tests.Splitting;

public sealed class SplitTests
{
    // Feature rows that name themselves: row i is (i, -i).
    private static (NDArray X, NDArray Y) Samples(params int[] labels)
    {
        float[] x = [.. Enumerable.Range(0, labels.Length).SelectMany(i => new float[] { i, -i })];
        return (NDArray.Create<float>(x, [labels.Length, 2]), NDArray.Create<int>(labels, [labels.Length]));
    }

    private static int[] RowsOf(NDArray x) => [.. x.AsSpan<float>().ToArray().Where((_, i) => i % 2 == 0).Select(v => (int)v)];

    private static int[] RandomLabels(int seed)
    {
        // 1 to 6 classes of 2 to 40 samples each, numbered with gaps, in random order.
        var random = new SeededRandom(seed);
        int classes = 1 + random.Below(6);
        int[] labels = [.. Enumerable.Range(0, classes).SelectMany(c => Enumerable.Repeat(3 * c - 2, 2 + random.Below(39)))];
        random.Shuffle(labels);
        return labels;
    }

    public static TheoryData<int, double> Cases
    {
        get
        {
            var rows = new TheoryData<int, double>();
            for (int seed = 0; seed < 40; seed++)
            {
                rows.Add(seed, new[] { 0.2, 0.5, 0.01, 0.99, 1.0 / 3 }[seed % 5]);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Both_sides_together_are_the_whole_once_each(int seed, double fraction)
    {
        int[] labels = RandomLabels(seed);
        (NDArray x, NDArray y) = Samples(labels);
        foreach (DataSplit split in new[] { Split.Stratified(x, y, fraction, seed), Split.Random(x, y, fraction, seed) })
        {
            int[] train = RowsOf(split.XTrain), test = RowsOf(split.XTest);
            Assert.Equal(Enumerable.Range(0, labels.Length), train.Concat(test).Order());
            Assert.Equal(train.Select(r => labels[r]), split.YTrain.AsSpan<int>().ToArray());
            Assert.Equal(test.Select(r => labels[r]), split.YTest.AsSpan<int>().ToArray());
            Assert.Equal(train.Select(r => -(float)r), split.XTrain.AsSpan<float>().ToArray().Where((_, i) => i % 2 == 1));
            Assert.NotEmpty(train);
            Assert.NotEmpty(test);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_class_keeps_its_share_within_one_sample(int seed, double fraction)
    {
        int[] labels = RandomLabels(seed);
        (NDArray x, NDArray y) = Samples(labels);
        DataSplit split = Split.Stratified(x, y, fraction, seed);
        foreach (IGrouping<int, int> group in labels.GroupBy(l => l))
        {
            int kept = split.YTest.AsSpan<int>().Count(group.Key);
            Assert.InRange(Math.Abs(kept - group.Count() * fraction), 0, 1);
            Assert.InRange(kept, 1, group.Count() - 1);
        }
    }

    [Theory]
    [InlineData(0.2, new[] { 50, 50, 50 }, new[] { 10, 10, 10 })]
    [InlineData(0.2, new[] { 59, 71, 48 }, new[] { 12, 14, 10 })]
    [InlineData(0.5, new[] { 3, 3 }, new[] { 2, 1 })]
    [InlineData(0.01, new[] { 2, 98 }, new[] { 1, 1 })]
    [InlineData(0.99, new[] { 2, 98 }, new[] { 1, 97 })]
    [InlineData(0.29, new[] { 100 }, new[] { 29 })]
    public void Quotas_add_up_to_the_fraction_where_they_can(double fraction, int[] sizes, int[] quotas)
    {
        Assert.Equal(quotas, Split.Quotas(sizes, sizes.Sum(), fraction));
    }

    [Fact]
    public void The_same_seed_gives_the_same_division_and_another_another()
    {
        (NDArray x, NDArray y) = Samples(RandomLabels(3));
        Assert.Equal(RowsOf(Split.Stratified(x, y, seed: 5).XTrain), RowsOf(Split.Stratified(x, y, seed: 5).XTrain));
        Assert.NotEqual(RowsOf(Split.Stratified(x, y, seed: 5).XTrain), RowsOf(Split.Stratified(x, y, seed: 6).XTrain));
        Assert.Equal(RowsOf(Split.Random(x, y, seed: 5).XTrain), RowsOf(Split.Random(x, y, seed: 5).XTrain));
        Assert.NotEqual(RowsOf(Split.Random(x, y, seed: 5).XTrain), RowsOf(Split.Random(x, y, seed: 6).XTrain));
    }

    [Fact]
    public void Both_sides_come_shuffled()
    {
        (NDArray x, NDArray y) = Samples([.. Enumerable.Range(0, 100).Select(i => i / 50)]);
        DataSplit split = Split.Stratified(x, y);
        Assert.NotEqual(RowsOf(split.XTrain).Order(), RowsOf(split.XTrain));
        Assert.NotEqual(split.YTrain.AsSpan<int>().ToArray().Order(), split.YTrain.AsSpan<int>().ToArray());
    }

    [Fact]
    public void Labels_of_other_whole_types_and_one_column_are_classes_too()
    {
        NDArray x = NDArray.Zeros(DType.Float64, [4, 2, 2]);
        NDArray bytes = NDArray.Create<byte>([0, 1, 0, 1], [4, 1]);
        NDArray flags = NDArray.Create<bool>([false, true, false, true], [4]);
        Assert.Equal(Dims.Of(2, 1), Split.Stratified(x, bytes, 0.5).YTest.Dims);
        DataSplit split = Split.Stratified(x, flags, 0.5);
        Assert.Equal(1, split.YTest.AsSpan<bool>().Count(true));
        Assert.Equal(Dims.Of(2, 2, 2), split.XTrain.Dims);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.2)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void A_fraction_outside_0_to_1_is_refused(double fraction)
    {
        (NDArray x, NDArray y) = Samples(0, 0, 1, 1);
        Assert.Contains("Split.Stratified: expected a test fraction between 0 and 1", Assert.Throws<ArgumentOutOfRangeException>(() => Split.Stratified(x, y, fraction)).Message, StringComparison.Ordinal);
        Assert.Contains("Split.Random: expected a test fraction between 0 and 1", Assert.Throws<ArgumentOutOfRangeException>(() => Split.Random(x, y, fraction)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_with_one_sample_is_refused_with_its_row()
    {
        (NDArray x, NDArray y) = Samples(0, 0, 7, 0);
        var error = Assert.Throws<ArgumentException>(() => Split.Stratified(x, y));
        Assert.Contains("received 1 of class 7 (row 2)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Different_lengths_are_refused_with_both()
    {
        (NDArray x, _) = Samples(0, 0, 1, 1);
        (_, NDArray y) = Samples(0, 0, 1);
        var error = Assert.Throws<ShapeException>(() => Split.Stratified(x, y));
        Assert.Contains("received 4 samples (float32[4,2]) and 3 labels (int32[3])", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_samples_are_refused()
    {
        (NDArray x, NDArray y) = Samples();
        Assert.Contains("expected samples, received none (float32[0,2])", Assert.Throws<ArgumentException>(() => Split.Stratified(x, y)).Message, StringComparison.Ordinal);
        Assert.Contains("expected samples, received none", Assert.Throws<ArgumentException>(() => Split.Random(x, y)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_sample_cannot_be_divided()
    {
        (NDArray x, NDArray y) = Samples(0);
        Assert.Contains("expected at least 2 samples", Assert.Throws<ArgumentException>(() => Split.Random(x, y)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantities_have_no_classes_to_stratify()
    {
        DataSet line = Generate.Linear(10);
        Assert.Contains("use Split.Random", Assert.Throws<ShapeException>(() => Split.Stratified(line.X, line.Y)).Message, StringComparison.Ordinal);
        Assert.Equal(2, line.Split().XTest.Dims[0].Size);
    }

    [Fact]
    public void One_hot_labels_are_refused_with_the_way_out()
    {
        NDArray x = NDArray.Zeros(DType.Float32, [4, 2]);
        Assert.Contains("ArgMax", Assert.Throws<ShapeException>(() => Split.Stratified(x, NDArray.Zeros(DType.Int32, [4, 2]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Iris_splits_ten_of_each_species_by_default()
    {
        DataSplit split = Iris.Load().Split();
        Assert.Equal([10, 10, 10], Sets.TableTests.ClassCounts(split.YTest, 3));
        Assert.Equal(120, split.XTrain.Dims[0].Size);
    }
}
