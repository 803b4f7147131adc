using System.Diagnostics;
using Microsoft.Playwright;

namespace Nabla.Explain.Tests.Browsers;

/// <summary>Finds a Chromium on this machine, and installs one where there is none: the README's test command has to pass on a fresh machine.</summary>
internal static class BrowserFinder
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge"];

    /// <summary>Where browsers are that do not stand on the PATH.</summary>
    private static readonly string[] UsualPlaces =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        .. from folder in new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData }
           from browser in new[] { "Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe" }
           select Path.Combine(Environment.GetFolderPath(folder), browser),
    ];

    /// <summary>The path of a browser, or null and the reasons why there is none.</summary>
    public static async Task<(string? Path, string Reason)> FindOrInstallAsync(IPlaywright playwright)
    {
        if (Environment.GetEnvironmentVariable("NABLA_BROWSER") is { Length: > 0 } named)
        {
            return File.Exists(named) ? (named, "") : (null, $"NABLA_BROWSER names '{named}', and there is no such file.");
        }

        if (Find(playwright) is { } found)
        {
            return (found, "");
        }

        // Debian's own package first where it may be installed: it brings the libraries that a downloaded browser would miss.
        List<string> failures = [];
        if (OperatingSystem.IsLinux() && Environment.UserName == "root" && IsDebian())
        {
            failures.Add(await TryAsync("apt-get", "update", "-q"));
            failures.Add(await TryAsync("apt-get", "install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", "chromium"));
            if (Find(playwright) is { } installed)
            {
                return (installed, "");
            }
        }

        int exit = Program.Main(["install", "chromium"]);
        failures.Add(exit == 0 ? "" : $"Playwright's 'install chromium' ended with {exit}");
        return Find(playwright) is { } downloaded
            ? (downloaded, "")
            : (null, $"No browser: none of {string.Join(", ", Names)} is on the PATH; {string.Join("; ", failures.Where(f => f.Length > 0))}. Install Chromium, or name one in NABLA_BROWSER.");
    }

    private static string? Find(IPlaywright playwright)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> onPath = from name in Names from folder in folders select Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
        return onPath.Concat(UsualPlaces).Append(playwright.Chromium.ExecutablePath).FirstOrDefault(File.Exists);
    }

    /// <summary>Ubuntu is left out on purpose: its chromium package is a stub that wants snap.</summary>
    private static bool IsDebian() => File.Exists("/etc/os-release") && File.ReadLines("/etc/os-release").Contains("ID=debian");

    /// <summary>Runs a command that installs; an empty text where it went well.</summary>
    private static async Task<string> TryAsync(string command, params string[] arguments)
    {
        ProcessStartInfo start = new(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? "" : $"'{command} {arguments[0]}' ended with {process.ExitCode}: {errors.Trim().Split('\n')[^1]}";
    }
}
