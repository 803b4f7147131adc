namespace Nabla.Compiler.Emit;

/// <summary>What the printed loops call their functions, and which they call.</summary>
/// <param name="prefix">Stands before each name: <c>PlanMath.</c>, or nothing where the functions are printed beside the loops.</param>
internal sealed class CSharpLibrary(string prefix)
{
    /// <summary>The functions called so far, each with the element type of its arguments.</summary>
    public HashSet<(string Function, DType DType)> Called { get; } = [];

    /// <summary>The name to call.</summary>
    public string Name(string function, DType dtype)
    {
        Called.Add((function, dtype));
        return prefix + function;
    }
}
