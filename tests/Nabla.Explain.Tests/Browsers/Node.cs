using System.Diagnostics;

namespace Nabla.Explain.Tests.Browsers;

/// <summary>
/// Runs scripts without a page. The Node is the one that Playwright drives the browser with: the same version everywhere, and never missing,
/// so that no test of a script is skipped.
/// </summary>
internal static class Node
{
    private static readonly string Executable = Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, ".playwright", "node"), OperatingSystem.IsWindows() ? "node.exe" : "node", SearchOption.AllDirectories)
        .First();

    /// <summary>Runs an ES module given as text and returns what it printed; a script that fails fails the test with its own words.</summary>
    public static Task<string> RunAsync(string module, params string[] arguments) => InvokeAsync(module, ["--input-type=module", "-", .. arguments]);

    /// <summary>Runs a file with <c>node --test</c>, and returns its report.</summary>
    public static Task<string> TestAsync(string file) => InvokeAsync("", ["--test", file]);

    private static async Task<string> InvokeAsync(string input, string[] arguments)
    {
        ProcessStartInfo start = new(Executable, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"The script ended with {process.ExitCode}:\n{await errors}\n{await output}");
        return await output;
    }
}
