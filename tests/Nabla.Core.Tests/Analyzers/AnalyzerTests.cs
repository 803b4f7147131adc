using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Nabla.Analyzers;

namespace Nabla.Core.Tests.Analyzers;

/// <summary>C#'s traps for formulas: told at compile time where they snap, and silent beside them.</summary>
public sealed class AnalyzerTests
{
    private static readonly Lazy<MetadataReference[]> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>Diagnostics of one statement, in which a, y are tensors, x an array, w an expression, m, i, k, n whole numbers.</summary>
    private static async Task<Diagnostic[]> DiagnosticsAsync(string statement)
    {
        string program = $$"""
            using System; using Nabla; using static Nabla.Sym;
            internal static class Lesson
            {
                private const int Two = 2;
                internal const double Half = 1/2;
                internal static readonly double Third = 1/3;
                internal static double Changing = 1/2;
                private static double Scale(double factor) => factor;
                public static object Run(Tensor a, Tensor y, NDArray x, Expr w, int m, int i, int k, int n, int[] sizes)
                {
                    {{statement}}
                    return a;
                }
            }
            """;
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Lesson", [CSharpSyntaxTree.ParseText(program)], References.Value, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new IntegerDivisionAnalyzer(), new PowerAnalyzer()];
        return [.. await compilation.WithAnalyzers(analyzers).GetAllDiagnosticsAsync()];
    }

    [Theory]
    [InlineData("_ = 1/2*(a - y);", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("_ = (a - y)*(1/2);", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("_ = 1/2*(a - y)*(a - y);", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("_ = -(7/2)*a;", "'7/2' divides whole numbers and is 3: write 3.5 or 7.0/2")]
    [InlineData("_ = -1/2*a;", "'-1/2' divides whole numbers and is 0: write -0.5 or -1.0/2")]
    [InlineData("_ = 2*(1/3)*a;", "'1/3' divides whole numbers and is 0: write 1.0/3")]
    [InlineData("_ = a + 1/Two;", "'1/Two' divides whole numbers and is 0: write 0.5 or 1.0/Two")]
    [InlineData("_ = Two/3*x;", "'Two/3' divides whole numbers and is 0: write (double)Two/3")]
    [InlineData("_ = 1L/2*x;", "'1L/2' divides whole numbers and is 0: write 0.5 or (double)1L/2")]
    [InlineData("_ = (1/2 + 0.5)*x;", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("_ = (double)(1/2)*x;", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("_ = x.Pow(1/2);", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("_ = a.Pow(1/2);", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("_ = 1/m*x;", "'1/m' divides whole numbers and is 0 unless the divisor is 1 or -1: write 1.0/m")]
    [InlineData("_ = 1/2*w;", "'1/2' divides whole numbers and is 0: write 0.5, 1.0/2 or R(1, 2)")]
    [InlineData("_ = Pow(w, 1/2);", "'1/2' divides whole numbers and is 0: write 0.5, 1.0/2 or R(1, 2)")]
    [InlineData("Expr half = 1/2;", "'1/2' divides whole numbers and is 0: write 0.5, 1.0/2 or R(1, 2)")]
    [InlineData("x -= 1/10*x;", "'1/10' divides whole numbers and is 0: write 0.1 or 1.0/10")]
    [InlineData("x *= 1/2;", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("Func<Tensor, Tensor> f = t => 1/2*t.Square();", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    // One step away: a name holds the quotient.
    [InlineData("var h = 1/2; _ = h*a;", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("int h = 1/2; _ = h*w;", "'1/2' divides whole numbers and is 0: write 0.5, 1.0/2 or R(1, 2)")]
    [InlineData("double d = 1/2; _ = d*a;", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("double d = 7/2; _ = a - d;", "'7/2' divides whole numbers and is 3: write 3.5 or 7.0/2")]
    [InlineData("float d = -(1/2); _ = x*d;", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("const double d = 1/2; _ = x*d;", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("double d; d = 1/2; _ = d*a;", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("var h = 7/2; _ = h*a;", "'7/2' divides whole numbers and is 3: write 3.5 or 7.0/2")]
    [InlineData("var h = 1/m; _ = x.Sum()*h;", "'1/m' divides whole numbers and is 0 unless the divisor is 1 or -1: write 1.0/m")]
    [InlineData("double h = 1/2; double d = 3*h + 1; _ = d*a;", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("double h = 1/2; Func<Tensor, Tensor> f = t => h*t;", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("double h = 1/2; _ = x.Pow(h);", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("_ = Half*a;", "'1/2' divides whole numbers and is 0: write 0.5 or 1.0/2")]
    [InlineData("_ = a*Lesson.Third;", "'1/3' divides whole numbers and is 0: write 1.0/3")]
    // Two that vary.
    [InlineData("_ = k/n*a;", "'k/n' divides whole numbers and is cut off to a whole number: write (double)k/n")]
    [InlineData("_ = a*(k/n);", "'k/n' divides whole numbers and is cut off to a whole number: write (double)k/n")]
    [InlineData("_ = k/n*w;", "'k/n' divides whole numbers and is cut off to a whole number: write (double)k/n or R(k, n)")]
    [InlineData("_ = a + k/n;", "'k/n' divides whole numbers and is cut off to a whole number: write (double)k/n")]
    [InlineData("_ = 2/m*x;", "'2/m' divides whole numbers and is cut off to a whole number: write 2.0/m")]
    [InlineData("_ = (k + 1)/n*x;", "'(k + 1)/n' divides whole numbers and is cut off to a whole number: write (double)(k + 1)/n")]
    [InlineData("_ = 2*k/n*x;", "'2*k/n' divides whole numbers and is cut off to a whole number: write (double)2*k/n")]
    [InlineData("int k1 = k; _ = k1/n*x;", "'k1/n' divides whole numbers and is cut off to a whole number: write (double)k1/n")]
    [InlineData("x *= k/n;", "'k/n' divides whole numbers and is cut off to a whole number: write (double)k/n")]
    [InlineData("_ = sizes.Length/n*x;", "'sizes.Length/n' divides whole numbers and is cut off to a whole number: write (double)sizes.Length/n")]
    [InlineData("double rate = k/n; _ = rate*a;", "'k/n' divides whole numbers and is cut off to a whole number: write (double)k/n")]
    public async Task A_division_that_is_cut_off_before_it_meets_a_formula_is_told(string statement, string message)
    {
        Diagnostic told = Assert.Single(await DiagnosticsAsync(statement), d => d.Severity >= DiagnosticSeverity.Warning);
        Assert.Equal(("NABLA001", DiagnosticSeverity.Warning, message), (told.Id, told.Severity, told.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("_ = 4/2*(a - y);")] // exact
    [InlineData("_ = 1/2.0*(a - y);")]
    [InlineData("_ = 1.0/2*x;")]
    [InlineData("_ = 0.5*w + R(1, 2);")]
    [InlineData("_ = a/2;")] // a tensor divided, not a number
    [InlineData("_ = 1/w;")]
    [InlineData("_ = 1/x;")]
    [InlineData("_ = 1*a/2;")]
    [InlineData("_ = sizes[i/2];")]
    [InlineData("_ = x[i/2];")] // a place, not a number
    [InlineData("_ = x[7/2];")]
    [InlineData("_ = x.Reshape(7/2, -1);")] // a size
    [InlineData("_ = x.Sum(1/2);")] // an axis
    [InlineData("int half = 1/2; _ = half + 7/2;")]
    [InlineData("double half = 1/2; _ = half;")] // plain C#: not ours to judge
    [InlineData("_ = Scale(1/2);")]
    [InlineData("_ = i/2*x;")] // cut off on purpose, for all one can know
    [InlineData("_ = m/2*a;")]
    [InlineData("_ = (int)(7/2)*x;")] // said to be whole
    [InlineData("var h = 4/2; _ = h*a;")] // exact
    [InlineData("double d = 1/2.0; _ = d*a;")]
    [InlineData("double d = 1/2; d = 0.5; _ = d*a;")] // another number by then
    [InlineData("double d = 1/2; Double.TryParse(string.Empty, out d); _ = d*a;")]
    [InlineData("int d = 1/m; d++; _ = d*a;")]
    [InlineData("_ = Changing*a;")]
    [InlineData("int middle = 7/2; _ = middle*a;")] // said to be whole
    [InlineData("int h = (int)(1/2); _ = h*a;")]
    [InlineData("var h = 1/2; _ = x[h];")] // a place
    [InlineData("int middle = m/2; _ = middle*a;")]
    [InlineData("int steps = k/n; _ = a/steps; _ = steps*x;")] // a count
    [InlineData("var steps = k/n; _ = steps*a;")]
    [InlineData("double steps = k/n; _ = steps;")]
    [InlineData("_ = a/(k/n);")]
    [InlineData("_ = 1.0/(k/n)*a;")]
    [InlineData("a /= k/n;")]
    [InlineData("_ = k*(k - 1)/n*a;")] // counts something
    [InlineData("_ = 2*n/n*a + n/n*a + (k - k%n)/n*a;")] // exact
    [InlineData("_ = (int)(k/n)*a;")]
    [InlineData("_ = x[k/n]; _ = sizes[k/n]; _ = x.Reshape(k/n, -1); _ = x.Sum(k/n);")] // places, sizes and axes
    [InlineData("_ = x.Pow(k/n);")] // a whole power, for all one can know
    [InlineData("_ = Math.Pow(0.5, k/n)*a;")] // a rate that falls in steps
    [InlineData("for (int j = 0; j < k/n; j++) { _ = a*j; }")]
    [InlineData("_ = Math.Sqrt(1/2);")]
    [InlineData("bool b = true ^ false; b ^= true; _ = 5 ^ 2;")]
    [InlineData("bool b = null == w ^ m == 2;")]
    public async Task Its_near_twin_is_not(string statement) =>
        Assert.DoesNotContain(await DiagnosticsAsync(statement), d => d.Severity >= DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("_ = w^2;", "'w^2'", "Pow(w, 2)")]
    [InlineData("_ = w^2 + 1;", "'w^2 + 1'", "Pow(w, 2)")] // C# reads w^(2 + 1)
    [InlineData("_ = 3*w^2;", "'3*w^2'", "Pow(w, 2)")] // C# reads (3*w)^2
    [InlineData("_ = a^2;", "'a^2'", "a.Pow(2)")]
    [InlineData("_ = (a - y)^2;", "'(a - y)^2'", "(a - y).Pow(2)")]
    [InlineData("_ = x^2;", "'x^2'", "x.Pow(2)")]
    [InlineData("x ^= 2;", "'x ^= 2'", "x.Pow(2)")]
    public async Task A_circumflex_is_not_a_power(string statement, string what, string instead)
    {
        Diagnostic told = Assert.Single(await DiagnosticsAsync(statement), d => d.Id == "NABLA002");
        Assert.Equal(DiagnosticSeverity.Error, told.Severity);
        Assert.Equal($"{what} is not a power: '^' is C#'s exclusive or and binds more loosely than '+'; write {instead}", told.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Two_powers_in_a_sum_are_told_both()
    {
        string[] told = [.. (await DiagnosticsAsync("_ = a^2 + y^2;")).Where(d => d.Id == "NABLA002").Select(d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)).Order()];
        Assert.Equal(2, told.Length);
        Assert.EndsWith("write a.Pow(2)", told[0], StringComparison.Ordinal);
        Assert.EndsWith("write y.Pow(2)", told[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_stands_in_the_docs_with_its_severity()
    {
        string docs = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "analyzers.md"));
        foreach (DiagnosticDescriptor rule in new DiagnosticAnalyzer[] { new IntegerDivisionAnalyzer(), new PowerAnalyzer() }.SelectMany(a => a.SupportedDiagnostics))
        {
            Assert.Contains($"## {rule.Id} ({rule.DefaultSeverity.ToString().ToLowerInvariant()})", docs, StringComparison.Ordinal);
        }
    }
}
