using System.Text.RegularExpressions;

namespace Nabla.Tests.Training;

public sealed class ProgressTests
{
    [Fact]
    public void A_line_an_epoch_reads_as_Keras_s()
    {
        StringWriter output = new();
        Report(new ConsoleProgress(output, bar: false));
        string[] lines = output.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Epoch 1/2", lines[0]);
        Assert.Matches(new Regex(@"^2/2 - 0s - \d+(us|ms)/step - accuracy: 0\.\d{4} - loss: \d\.\d{4} - val_accuracy: 0\.\d{4} - val_loss: \d\.\d{4}$"), lines[1]);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public void The_bar_ends_full_with_the_epoch_s_values()
    {
        StringWriter output = new();
        Report(new ConsoleProgress(output, bar: true));
        string last = output.ToString().TrimEnd().Split('\r')[^1];
        Assert.Matches(new Regex(@"^2/2 ━{20} 0s \d+(us|ms)/step - accuracy: 0\.\d{4} - loss: \d\.\d{4}"), last);
    }

    [Fact]
    public void Progress_tells_of_running_values_and_of_each_epoch_s_end()
    {
        List<(int Epoch, int Step, bool End, string[] Keys)> told = [];
        Report(new Teller(p => told.Add((p.Epoch, p.Step, p.IsEpochEnd, [.. p.Values.Select(v => v.Key)]))));
        Assert.Equal((0, 1, false), (told[0].Epoch, told[0].Step, told[0].End));
        Assert.Equal(["accuracy", "loss"], told[0].Keys);
        Assert.Equal([0, 1], told.Where(t => t.End).Select(t => t.Epoch));
        Assert.Equal(["accuracy", "loss", "val_accuracy", "val_loss"], told[^1].Keys);
    }

    [Theory]
    [InlineData(0.87931, "0.8793")]
    [InlineData(0.0005, "5.0000e-04")]
    [InlineData(0, "0.0000")]
    [InlineData(-2.5, "-2.5000")]
    public void Values_read_as_Keras_s(double value, string expected) => Assert.Equal(expected, LogText.Value(value));

    [Theory]
    [InlineData(12, "12s")]
    [InlineData(65, "1:05")]
    [InlineData(3723, "1:02:03")]
    public void Durations_read_as_Keras_s(int seconds, string expected) => Assert.Equal(expected, LogText.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(978, "978us/step")]
    [InlineData(12_300, "12ms/step")]
    [InlineData(2_000_000, "2s/step")]
    public void Times_of_a_step_read_as_Keras_s(int microseconds, string expected) => Assert.Equal(expected, LogText.PerStep(TimeSpan.FromMicroseconds(microseconds)));

    private static void Report(IProgress<TrainingProgress> progress)
    {
        (NDArray x, NDArray y) = Problems.Digits(80);
        Sequential model = new([new Dense(10)], seed: 3);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
        model.Fit(x, y, epochs: 2, verbose: 0, validationSplit: 0.2, progress: progress);
    }
}
