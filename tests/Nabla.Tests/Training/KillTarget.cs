using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nabla.Tests.Training;

/// <summary>The training that is killed: always the same, with everything that has a memory. Runs in the tests and, by an environment variable, instead of them.</summary>
internal static class KillTarget
{
    private const string FolderVariable = "NABLA_KILL_TARGET";
    private const string MomentVariable = "NABLA_KILL_MOMENT";
    private const string PauseVariable = "NABLA_KILL_PAUSE";

    /// <summary>Trains in a folder: a backup every 3 steps, a model file every 4, a CSV file; at the end the bits of everything.</summary>
    public static string Train(string folder, Action? ready = null)
    {
        (NDArray x, NDArray y) = Problems.Digits(90);
        Sequential model = Classifiers.Small(seed: 11);
        History history = model.Fit(x, y, batchSize: 16, epochs: 5, verbose: 0, validationSplit: 0.2, threads: 1, callbacks:
        [
            new ReduceLROnPlateau(factor: 0.5, patience: 1, minDelta: 0.1),
            new EarlyStopping(patience: 3, restoreBestWeights: true),
            new CSVLogger(Path.Combine(folder, "log.csv")),
            new LambdaCallback(onTrainBatchEnd: (_, _) => ready?.Invoke()),
            new ModelCheckpoint(Path.Combine(folder, "model.nabla"), saveFrequency: 4),
            new BackupAndRestore(Path.Combine(folder, "backup"), saveFrequency: 3),
        ]);
        return $"{Classifiers.Bits(model, history)}\n{File.ReadAllText(Path.Combine(folder, "log.csv"))}";
    }

    /// <summary>Starts the training in a process of its own.</summary>
    public static Process Start(string folder, int? moment = null, int pause = 0)
    {
        ProcessStartInfo start = new("dotnet", [typeof(KillTarget).Assembly.Location]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[FolderVariable] = folder;
        start.Environment[PauseVariable] = pause.ToString(CultureInfo.InvariantCulture);
        start.Environment[MomentVariable] = moment?.ToString(CultureInfo.InvariantCulture) ?? "";
        return Process.Start(start)!;
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The test program is its own victim: there is no other entry before the runner's.")]
    internal static void RunInsteadOfTests()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder)
        {
            return;
        }

        if (int.TryParse(Environment.GetEnvironmentVariable(MomentVariable), CultureInfo.InvariantCulture, out int moment))
        {
            AtomicFile.Moment = () =>
            {
                if (moment-- == 0)
                {
                    Process.GetCurrentProcess().Kill();
                }
            };
        }

        int pause = int.Parse(Environment.GetEnvironmentVariable(PauseVariable)!, CultureInfo.InvariantCulture);
        bool said = false;
        string bits = Train(folder, () =>
        {
            if (!said)
            {
                said = true;
                Console.WriteLine("ready");
            }

            Thread.Sleep(pause);
        });
        AtomicFile.Moment = null;
        AtomicFile.Write(Path.Combine(folder, "result.txt"), s => s.Write(System.Text.Encoding.UTF8.GetBytes(bits)));
        Environment.Exit(0);
    }
}
