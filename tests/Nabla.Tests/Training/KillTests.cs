using System.Diagnostics;
using System.Globalization;

namespace Nabla.Tests.Training;

/// <summary>
/// A training that is killed, at random moments and at every moment of every write, and started again ends with the same bits as one that was not:
/// weights, optimizer, history and log file. <c>eng/kill-tests.sh 200</c> kills as often as it is told; here it is 10 times.
/// </summary>
public sealed class KillTests
{
    private static readonly Lazy<string> Undisturbed = new(() =>
    {
        using TemporaryFile file = new();
        return KillTarget.Train(Path.GetDirectoryName(file.Path)!);
    });

    [Fact]
    public async Task Killed_at_random_moments_it_ends_with_the_same_bits()
    {
        int kills = int.Parse(Environment.GetEnvironmentVariable("NABLA_KILLS") is { Length: > 0 } asked ? asked : "10", CultureInfo.InvariantCulture);
        int seed = int.Parse(Environment.GetEnvironmentVariable("NABLA_KILL_SEED") is { Length: > 0 } given ? given : "1", CultureInfo.InvariantCulture);
        Random random = new(seed);
        int made = 0;
        int trainings = 0;
        while (made < kills)
        {
            using TemporaryFile file = new();
            string folder = Path.GetDirectoryName(file.Path)!;
            while (!File.Exists(Path.Combine(folder, "result.txt")))
            {
                using Process process = KillTarget.Start(folder, pause: 20);
                string? said = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
                if (made < kills && said == "ready")
                {
                    // From its first step on the training takes about 500 ms: some kills come before the first backup, some after the end.
                    await Task.WhenAny(process.WaitForExitAsync(TestContext.Current.CancellationToken), Task.Delay(random.Next(700), TestContext.Current.CancellationToken));
                    made += process.HasExited ? 0 : 1;
                    process.Kill();
                }

                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
                FilesAreWhole(folder);
            }

            Assert.Equal(Undisturbed.Value, await File.ReadAllTextAsync(Path.Combine(folder, "result.txt"), TestContext.Current.CancellationToken));
            trainings++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{made} kills in {trainings} trainings, seed {seed}.");
    }

    // One write has about 20 moments; the first ones write a backup, then a model file, then a backup over an old one.
    [Theory]
    [InlineData(5)]
    [InlineData(9)]
    public async Task Killed_in_the_middle_of_a_write_it_ends_with_the_same_bits(int moment)
    {
        using TemporaryFile file = new();
        string folder = Path.GetDirectoryName(file.Path)!;
        foreach (int? at in new int?[] { moment, null })
        {
            using Process process = KillTarget.Start(folder, at);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            FilesAreWhole(folder);
        }

        Assert.Equal(Undisturbed.Value, await File.ReadAllTextAsync(Path.Combine(folder, "result.txt"), TestContext.Current.CancellationToken));
    }

    // In this process, where it is cheap: from the first backup on, the training is thrown out of every moment of every write there is.
    [Fact]
    public void Thrown_out_of_every_moment_of_every_write_it_ends_with_the_same_bits()
    {
        using TemporaryFile file = new();
        string folder = Path.GetDirectoryName(file.Path)!;
        string backup = Path.Combine(folder, "latest.safetensors");
        (NDArray x, NDArray y) = Problems.Digits(30);
        Sequential model = Classifiers.Small(seed: 11);
        string Fit(params Callback[] more) => Classifiers.Bits(model, model.Fit(x, y, batchSize: 10, epochs: 2, verbose: 0, threads: 1, callbacks:
        [
            .. more, new ModelCheckpoint(Path.Combine(folder, "model.nabla"), saveFrequency: 3), new BackupAndRestore(folder, saveFrequency: 2, deleteCheckpoint: false),
        ]));

        byte[]? first = null;
        string undisturbed = Fit(new LambdaCallback(onTrainBatchBegin: _ => first ??= File.Exists(backup) ? File.ReadAllBytes(backup) : null));
        int moments = 0;
        for (bool isOver = false; !isOver;)
        {
            File.WriteAllBytes(backup, first!);
            int left = moments;
            AtomicFile.Moment = () =>
            {
                if (left-- == 0)
                {
                    throw new TimeoutException("The power is gone.");
                }
            };
            try
            {
                Fit();
                isOver = true;
            }
            catch (TimeoutException)
            {
                moments++;
            }
            finally
            {
                AtomicFile.Moment = null;
            }

            if (!isOver)
            {
                FilesAreWhole(folder);
                Assert.Equal(undisturbed, Fit());
            }
        }

        Assert.True(moments > 50, $"{moments}");
    }

    private static void FilesAreWhole(string folder)
    {
        string model = Path.Combine(folder, "model.nabla");
        if (File.Exists(model))
        {
            Model.Load(model);
        }

        string backup = Path.Combine(folder, "backup", "latest.safetensors");
        if (File.Exists(backup))
        {
            SafeTensorsFile.Read(backup);
        }
    }
}
