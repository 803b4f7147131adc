namespace Nabla;

/// <summary>Reads formulas as people type them into a graph: <c>w^2</c>, <c>1/4*(w*x + b - y)**2</c>, <c>c=w*x; a=c+b; d=a-y; J=d^2/2</c>.</summary>
/// <remarks>
/// Numbers are exact (<c>1/4</c>, <c>0.1</c>, <c>1e-3</c>); <c>^</c> and <c>**</c> are powers, tighter than a minus before them (-w^2 is -(w^2)) and
/// grouping from the right. Names are inputs in the order in which they appear, but for the constants <c>pi</c>, <c>E</c>, <c>inf</c> and <c>nan</c> and for what was given
/// a name with <c>=</c>. All values are scalars.
/// </remarks>
/// <example><code>
/// Graph graph = FormulaParser.Parse("c = w*x; a = c + b; J = (a - y)^2 / 2");
/// NDArray[] values = Executable.Compile(graph).Run(2.0, -2.0, 8.0, 2.0);   // w, x, b, y in; c, a, J out: -4, 4, 2
/// </code></example>
public static class FormulaParser
{
    /// <summary>The name of the output of a formula that gives its result none.</summary>
    public const string ResultName = "result";

    /// <summary>Reads a formula, or several named ones that build on each other, separated by <c>;</c> or line ends.</summary>
    /// <param name="text">The formula.</param>
    /// <param name="variables">The inputs in their order, used or not; null takes the names in the formula in order of appearance.</param>
    /// <param name="dtype">The floating type of all inputs.</param>
    /// <returns>A graph whose outputs are the named values in order; the last is the result. Nodes carry the name that they belong to as scope.</returns>
    /// <exception cref="ParseException">The text is not a formula; the message shows the place.</exception>
    public static Graph Parse(string text, IReadOnlyList<string>? variables = null, DType dtype = DType.Float64) =>
        new FormulaReader(text, variables, dtype, namesAreValues: false).Read();

    /// <summary>Reads a formula to show it: each name in it is a node of its own, even <c>a</c> in <c>z = w*x + b; a = z</c>.</summary>
    internal static Graph ParseSteps(string text) => new FormulaReader(text, null, DType.Float64, namesAreValues: true).Read();
}
