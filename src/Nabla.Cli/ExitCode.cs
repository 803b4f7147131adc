namespace Nabla.Cli;

/// <summary>What a command leaves its caller with, as command-line tools have it.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The words were right, but what they asked for went wrong: a damaged file, a full disk, data that do not fit the model.</summary>
    public const int Failure = 1;

    /// <summary>The words were wrong.</summary>
    public const int Usage = 2;

    /// <summary>Ended by Ctrl-C: 128 and the signal's number, as shells count.</summary>
    public const int Interrupted = 130;
}
