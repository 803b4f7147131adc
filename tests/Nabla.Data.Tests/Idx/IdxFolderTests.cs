namespace Nabla.Data.Tests.Idx;

/// <summary>The four files together: item 81 of the project's list of hostile inputs.</summary>
public sealed class IdxFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nabla-idx-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Folder => _folder.FullName;

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder, name), bytes);

    private void WriteGood(string suffix = "")
    {
        byte[] Pack(byte[] bytes) => suffix.Length > 0 ? IdxBytes.Gzip(bytes) : bytes;
        Write("train-images-idx3-ubyte" + suffix, Pack(IdxBytes.Counting(3, 2, 2)));
        Write("train-labels-idx1-ubyte" + suffix, Pack(IdxBytes.File(0x08, [3], 9, 0, 4)));
        Write("t10k-images-idx3-ubyte" + suffix, Pack(IdxBytes.Counting(2, 2, 2)));
        Write("t10k-labels-idx1-ubyte" + suffix, Pack(IdxBytes.File(0x08, [2], 1, 2)));
    }

    private MalformedFileException Refused() => Assert.Throws<MalformedFileException>(() => IdxFolder.Load(Folder));

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void The_four_files_load_plain_or_compressed(string suffix)
    {
        WriteGood(suffix);
        var (xTrain, yTrain, xTest, yTest) = IdxFolder.Load(Folder);
        Assert.Equal(new TensorType(DType.UInt8, [3, 2, 2]), xTrain.Type);
        Assert.Equal([9, 0, 4], yTrain.AsSpan<int>());
        Assert.Equal(new TensorType(DType.UInt8, [2, 2, 2]), xTest.Type);
        Assert.Equal([1, 2], yTest.AsSpan<int>());
        Assert.True(IdxFolder.IsIdxFolder(Folder));
    }

    [Fact]
    public void Names_with_a_dot_load_too()
    {
        WriteGood();
        File.Move(Path.Combine(Folder, "train-images-idx3-ubyte"), Path.Combine(Folder, "train-images.idx3-ubyte"));
        Assert.Equal(3, IdxFolder.Load(Folder).XTrain.Dims[0].Size);
    }

    [Fact]
    public void Different_counts_are_refused_with_both()
    {
        WriteGood();
        Write("train-labels-idx1-ubyte", IdxBytes.File(0x08, [2], 9, 0));
        Assert.Contains("'train-images-idx3-ubyte' has 3 images, 'train-labels-idx1-ubyte' has 2 labels", Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(255)]
    public void A_label_out_of_range_is_refused_with_its_row(byte label)
    {
        WriteGood();
        Write("t10k-labels-idx1-ubyte", IdxBytes.File(0x08, [2], 1, label));
        Assert.Contains($"expected labels from 0 to 9, received {label} in row 1", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_classes_are_taken_when_asked_for()
    {
        WriteGood();
        Write("t10k-labels-idx1-ubyte", IdxBytes.File(0x08, [2], 1, 26));
        Assert.Equal(26, IdxFolder.Load(Folder, classes: 27).YTest.AsSpan<int>()[1]);
    }

    [Fact]
    public void Negative_labels_are_refused()
    {
        WriteGood();
        Write("t10k-labels-idx1-ubyte", IdxBytes.File(0x09, [2], 1, 0xFF));
        Assert.Contains("received -1 in row 1", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Swapped_images_and_labels_are_refused()
    {
        WriteGood();
        Write("train-labels-idx1-ubyte", IdxBytes.Counting(3, 2, 2));
        Assert.Contains("Were images and labels swapped?", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_images_of_another_size_are_refused()
    {
        WriteGood();
        Write("t10k-images-idx3-ubyte", IdxBytes.Counting(2, 3, 2));
        Assert.Contains("expected test samples like the training samples (uint8[2,2]), received uint8[3,2]", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named_with_the_names_looked_for()
    {
        WriteGood();
        File.Delete(Path.Combine(Folder, "t10k-labels-idx1-ubyte"));
        var error = Assert.Throws<FileNotFoundException>(() => IdxFolder.Load(Folder));
        Assert.Contains("expected one of t10k-labels-idx1-ubyte, t10k-labels-idx1-ubyte.gz", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_told_as_such()
    {
        Assert.Throws<DirectoryNotFoundException>(() => IdxFolder.Load(Path.Combine(Folder, "elsewhere")));
        Assert.False(IdxFolder.IsIdxFolder(Path.Combine(Folder, "elsewhere")));
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        WriteGood();
        Write("t10k-images-idx3-ubyte", []);
        Assert.EndsWith("t10k-images-idx3-ubyte", Refused().File, StringComparison.Ordinal);
    }
}
