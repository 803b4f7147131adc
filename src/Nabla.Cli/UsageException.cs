namespace Nabla.Cli;

/// <summary>Words on the command line that mean nothing: printed as one line, without a stack; the command ends with exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
