using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Nabla.Explain.Tests.Scripts;

/// <summary>Reads scripts with TypeScript's compiler and returns what it finds wrong in the types that their comments state.</summary>
internal static class TypeChecker
{
    // Strict, and nothing is written. Unused names are found as well: nobody else looks for them.
    private static readonly string[] Options =
    [
        "--noEmit", "--allowJs", "--checkJs", "--strict", "--noUnusedLocals", "--noUnusedParameters", "--noImplicitReturns", "--noFallthroughCasesInSwitch",
        "--target", "es2022", "--lib", "es2023,dom,dom.iterable", "--types", "", "--pretty", "false",
    ];

    /// <summary>Checks scripts that share one scope; what the compiler says, one error a line, and nothing for scripts without errors.</summary>
    /// <param name="files">Names, which stand before each error, and texts.</param>
    public static async Task<string> CheckAsync(IEnumerable<(string Name, string Text)> files)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nabla-scripts-");
        try
        {
            string program = Compiler(folder);
            List<string> names = [];
            foreach ((string name, string text) in files)
            {
                string file = Path.Combine(folder.FullName, name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, text);
                names.Add(name);
            }

            ProcessStartInfo start = new(program, [.. Options, .. names]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            string all = said + await errors;
            Assert.True(process.ExitCode == 0 == (all.Length == 0), $"The compiler ended with {process.ExitCode} and said: {all}");
            return all;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The package cache may be read-only and may have lost the mark of a program, so a copy is marked where there is none.
    private static string Compiler(DirectoryInfo folder)
    {
        string home = Path.Combine(Folder(), Machine() ?? throw new PlatformNotSupportedException("There is no such compiler for this machine."));
        string program = Path.Combine(home, OperatingSystem.IsWindows() ? "tsc.exe" : "tsc");
        if (OperatingSystem.IsWindows() || File.GetUnixFileMode(program).HasFlag(UnixFileMode.UserExecute))
        {
            return program;
        }

        DirectoryInfo copy = folder.CreateSubdirectory("compiler");
        foreach (string file in Directory.EnumerateFiles(home))
        {
            File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
        }

        string own = Path.Combine(copy.FullName, "tsc");
        File.SetUnixFileMode(own, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return own;
    }

    /// <summary>The name that the package gives this kind of machine; null where it has no compiler for it.</summary>
    public static string? Machine()
    {
        string? system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "win32" : null;
        string? processor = RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => "x64", Architecture.Arm64 => "arm64", _ => null };
        return system is null || processor is null ? null : $"{system}-{processor}";
    }

    private static string Folder() =>
        typeof(TypeChecker).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "TypeScriptCompilers").Value!;
}
