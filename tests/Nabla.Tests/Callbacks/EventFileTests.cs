using System.Text;
using Nabla.Tests.Training;

namespace Nabla.Tests.Callbacks;

/// <summary>Event files as TensorBoard reads them.</summary>
public sealed class EventFileTests
{
    // RFC 3720, appendix B.4, and the customary check value.
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8A9136AAu)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 0x62A8AB43u)]
    [InlineData("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", 0x46DD794Eu)]
    [InlineData("313233343536373839", 0xE3069283u)]
    public void The_checksum_is_CRC_32C(string bytes, uint expected) => Assert.Equal(expected, EventFile.Crc32C(Convert.FromHexString(bytes)));

    // What other writers of the format make of the same events (wall time 256.5).
    [Fact]
    public void Records_are_byte_for_byte_those_of_other_writers()
    {
        Assert.Equal("1800000000000000A37F4B22090000000000087040" + "1A0D" + Convert.ToHexString("brain.Event:2"u8) + "BC98212B", Convert.ToHexString(EventFile.Version(256.5)));
        Assert.Equal("19000000000000008BF10828090000000000087040" + "1001" + "2A0C0A0A0A03" + Convert.ToHexString("v/1"u8) + "150000C03F" + "2CECC087", Convert.ToHexString(EventFile.Scalar(256.5, 1, "v/1", 1.5)));
    }

    [Fact]
    public void A_training_leaves_scalars_of_epochs_and_batches()
    {
        (NDArray x, NDArray y) = Problems.Digits(20);
        using TemporaryFile file = new();
        string folder = Path.Combine(Path.GetDirectoryName(file.Path)!, "logs");
        Classifiers.Small().Fit(x, y, batchSize: 5, epochs: 2, verbose: 0, validationSplit: 0.5, callbacks: [new TensorBoard(folder, updateFrequency: 2)]);
        string train = Text(Path.Combine(folder, "train"));
        Assert.All(["epoch_loss", "epoch_accuracy", "epoch_learning_rate", "batch_loss", "batch_accuracy"], tag => Assert.Contains(tag, train, StringComparison.Ordinal));
        string validation = Text(Path.Combine(folder, "validation"));
        Assert.Contains("epoch_loss", validation, StringComparison.Ordinal);
        Assert.DoesNotContain("val_", validation, StringComparison.Ordinal);
    }

    // Every record's length leads to the next; the last ends with the file.
    private static string Text(string folder)
    {
        byte[] bytes = File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder, "events.out.tfevents.*")));
        int at = 0;
        while (at < bytes.Length)
        {
            int length = (int)BitConverter.ToInt64(bytes, at);
            Assert.Equal(bytes[at..(at + 16 + length)], EventFile.Record(bytes.AsSpan(at + 12, length)));
            at += 16 + length;
        }

        Assert.Equal(bytes.Length, at);
        return Encoding.Latin1.GetString(bytes);
    }
}
