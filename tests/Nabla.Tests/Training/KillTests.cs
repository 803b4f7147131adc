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
                Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
                if (made < kills)
                {
                    // The training takes about 600 ms of pauses, and some starting: some kills come before the first backup, some after the end.
                    await Task.WhenAny(process.WaitForExitAsync(TestContext.Current.CancellationToken), Task.Delay(random.Next(1200), TestContext.Current.CancellationToken));
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
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task Killed_in_the_middle_of_a_write_it_ends_with_the_same_bits(int moment)
    {
        using TemporaryFile file = new();
        string folder = Path.GetDirectoryName(file.Path)!;
        foreach (int? at in new int?[] { moment, moment + 10, null })
        {
            using Process process = KillTarget.Start(folder, at);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            FilesAreWhole(folder);
        }

        Assert.Equal(Undisturbed.Value, await File.ReadAllTextAsync(Path.Combine(folder, "result.txt"), TestContext.Current.CancellationToken));
    }

    // In this process, where it is cheap: the training is thrown out of every moment of every write there is.
    [Fact]
    public void Thrown_out_of_every_moment_of_every_write_it_ends_with_the_same_bits()
    {
        int moments = 0;
        using TemporaryFile file = new();
        string folder = Path.GetDirectoryName(file.Path)!;
        for (int moment = 0; ; moment++)
        {
            int left = moment;
            AtomicFile.Moment = () =>
            {
                if (left-- == 0)
                {
                    throw new TimeoutException("The power is gone.");
                }
            };
            try
            {
                string bits = KillTarget.Train(folder);
                Assert.Equal(Undisturbed.Value, bits);
                break;
            }
            catch (TimeoutException)
            {
                moments++;
                FilesAreWhole(folder);
                AtomicFile.Moment = null;

                // Every moment of the whole course, not only those after a resumption.
                foreach (string entry in Directory.GetFileSystemEntries(folder))
                {
                    Keep(entry, moment);
                }
            }
            finally
            {
                AtomicFile.Moment = null;
            }
        }

        Assert.True(moments > 100, $"{moments}");
    }

    // Odd moments go on from what is there, even ones start from nothing.
    private static void Keep(string entry, int moment)
    {
        if (moment % 2 == 0)
        {
            return;
        }

        if (Directory.Exists(entry))
        {
            Directory.Delete(entry, recursive: true);
        }
        else
        {
            File.Delete(entry);
        }
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
