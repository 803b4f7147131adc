namespace Nabla.Explain;

/// <summary>A cell that asks for something that cannot be: who, expected, received, what to try. The session goes on.</summary>
internal sealed class LabException(string message) : Exception(message);
