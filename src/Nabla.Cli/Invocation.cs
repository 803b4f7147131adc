namespace Nabla.Cli;

/// <summary>How the user called this program, so that what is proposed can be typed as it stands.</summary>
internal static class Invocation
{
    /// <summary><c>nabla</c>, or the way through the SDK where the tool is run from its source.</summary>
    public static string Name { get; } = Path.GetFileName(Environment.ProcessPath) is "Nabla.Cli" or "Nabla.Cli.exe"
        ? "dotnet run -c Release --project src/Nabla.Cli --"
        : "nabla";
}
