namespace Nabla.Cli;

/// <summary>A mistake that the user can mend: printed as one line, without a stack; the command ends with exit code 2.</summary>
internal sealed class CliException(string message) : Exception(message);
