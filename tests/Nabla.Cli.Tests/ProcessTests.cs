using System.Diagnostics;
using System.Globalization;

namespace Nabla.Cli.Tests;

/// <summary>The command as a process of its own: exit codes, streams, the current folder, Ctrl-C.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    private Process Start(params string[] args)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Nabla.Cli.dll");

        // A shell starts what runs in its background with Ctrl-C ignored, which children inherit and .NET respects: give it back.
        ProcessStartInfo start = new(IgnoresCtrlC ? "env" : "dotnet", [.. IgnoresCtrlC ? ["--default-signal=INT", "dotnet"] : Array.Empty<string>(), program, .. args])
        {
            WorkingDirectory = _place.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private Outcome Run(params string[] args)
    {
        using Process process = Start(args);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, error.Result);
    }

    [Fact]
    public void The_model_goes_to_the_current_folder_by_the_datas_name()
    {
        Outcome outcome = Run("train", "iris", "--epochs", "1");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.True(File.Exists(_place["iris.nabla"]));
        Assert.Contains("Model     iris.nabla", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_a_number_alone()
    {
        Outcome outcome = Run("--version");
        Assert.Equal(0, outcome.Code);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\r?\n$", outcome.Output);
    }

    [Fact]
    public void Errors_go_to_the_error_stream()
    {
        Outcome outcome = Run("train", "irs");
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.StartsWith("nabla: DATA: expected", outcome.Error, StringComparison.Ordinal);
    }

    public static bool HasSignals => !OperatingSystem.IsWindows();

    /// <summary>Whether this process was started with Ctrl-C ignored; Linux tells in a mask whose second bit is SIGINT's.</summary>
    private static bool IgnoresCtrlC => OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is var ignored
        && (ulong.Parse(ignored[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0;

    [Fact(SkipUnless = nameof(HasSignals), Skip = "Windows cannot send Ctrl-C to another process.")]
    public async Task Ctrl_C_ends_the_training_and_keeps_the_model()
    {
        using Process process = Start("train", "digits", "--epochs", "1000000", "--json", "r.json");
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        while (line is not null && !line.StartsWith("Epoch", StringComparison.Ordinal));

        Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        string rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((130, ""), (process.ExitCode, await error));
        Assert.Contains("Stopped by Ctrl-C after", rest, StringComparison.Ordinal);
        Assert.True(Sequential.Load(_place["digits.nabla"]).Built);
        Assert.InRange(_place.Json("r.json").GetProperty("steps").GetInt64(), 1, 44_999_999);
    }
}
