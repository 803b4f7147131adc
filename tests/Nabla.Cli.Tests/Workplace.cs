using System.Text.Json;

namespace Nabla.Cli.Tests;

/// <summary>A folder of its own, and the command run in this process with its words captured. Gone at the end.</summary>
internal sealed class Workplace : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("nabla-cli-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A path in the folder.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Runs the command; output is redirected unless <paramref name="live"/>.</summary>
    public static Outcome Run(IEnumerable<string> args, bool live = false)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int code = CommandLine.Run([.. args], new Terminal(output, error, live, unicode: live));
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs the command with lines piped in.</summary>
    public static Outcome Pipe(string input, params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int code = CommandLine.Run(args, new Terminal(output, error) { Input = new StringReader(input) });
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <inheritdoc cref="Run(IEnumerable{string}, bool)"/>
    public static Outcome Run(params string[] args) => Run(args, live: false);

    /// <summary>A model that has learned a little about a packaged set.</summary>
    public string Train(string data, params string[] more)
    {
        string model = this[$"{data}.nabla"];
        Outcome outcome = Run(["train", data, "--epochs", "1", "--out", model, .. more]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        return model;
    }

    /// <summary>A JSON file of the folder.</summary>
    public JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(this[name])).RootElement;

    /// <summary>Writes an array as .npy.</summary>
    public string Npy(string name, NDArray array)
    {
        NpyFile.Write(this[name], array);
        return this[name];
    }

    /// <summary>Writes arrays as .npz.</summary>
    public string Npz(string name, params (string Name, NDArray Array)[] arrays)
    {
        NpzFile.Write(this[name], arrays.Select(a => KeyValuePair.Create(a.Name, a.Array)));
        return this[name];
    }
}

/// <summary>What a command left behind.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Output">What it wrote as result.</param>
/// <param name="Error">What it wrote as error.</param>
internal sealed record Outcome(int Code, string Output, string Error)
{
    /// <summary>The lines of the result.</summary>
    public string[] Lines => Output.TrimEnd('\n').Split('\n');
}
