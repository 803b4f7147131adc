using System.Text;
using Nabla.Compiler.Emit;

namespace Nabla.Export;

/// <summary>
/// The functions that printed loops may call, as C# over System.Math. All compute in double; a float's value is that of the double, rounded.
/// </summary>
internal static class CSharpFunctions
{
    private static readonly Dictionary<string, string> OneLine = new()
    {
        ["Exp"] = "Math.Exp(x)",
        ["Log"] = "Math.Log(x)",
        ["Sqrt"] = "Math.Sqrt(x)",
        ["Tanh"] = "Math.Tanh(x)",
        ["Sin"] = "Math.Sin(x)",
        ["Cos"] = "Math.Cos(x)",
        ["Floor"] = "Math.Floor(x)",
        ["Round"] = "Math.Round(x)",
        ["Abs"] = "Math.Abs(x)",
        ["Sign"] = "x > 0 ? 1 : x < 0 ? -1 : x",
        ["Sigmoid"] = "1 / (1 + Math.Exp(-x))",
        ["Softplus"] = "Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)))",
    };

    private static readonly Dictionary<string, (string Summary, string Body)> Long = new()
    {
        ["Log1p"] = ("log(1 + x), accurate near 0 (Kahan).", """
            double u = 1 + x;
            return u == 1 || double.IsPositiveInfinity(u) ? x : Math.Log(u) * x / (u - 1);
            """),
        ["Expm1"] = ("e^x - 1, accurate near 0 (Kahan).", """
            double u = Math.Exp(x);
            return Math.Abs(x) > 0.5 ? u - 1 : u == 1 ? x : (u - 1) * x / Math.Log(u);
            """),
        ["Erf"] = ("The error function: a series of positive terms below 2, a continued fraction from there on.", """
            double size = Math.Abs(x);
            double result = 1;
            if (size < 2)
            {
                double term = size;
                result = size;
                for (int k = 1; term > result * 1e-17; k++)
                {
                    term *= 2 * size * size / (2 * k + 1);
                    result += term;
                }
                result *= 1.1283791670955126 * Math.Exp(-size * size);
            }
            else if (size < 6)
            {
                double tail = size;
                for (int k = 100; k > 0; k--)
                {
                    tail = size + 0.5 * k / tail;
                }
                result = 1 - 0.5641895835477563 * Math.Exp(-size * size) / tail;
            }
            return double.IsNaN(x) ? x : x < 0 ? -result : result;
            """),
    };

    /// <summary>The methods for what was called, in an order that does not depend on the run.</summary>
    public static string Write(IEnumerable<(string Function, DType DType)> called, string indent)
    {
        HashSet<(string Function, string Type)> wanted = [.. called.Select(c => (c.Function, CSharpExpressions.TypeName(c.DType)))];
        foreach ((string function, string type) in wanted.ToArray())
        {
            if (function == "Softplus")
            {
                wanted.Add(("Log1p", "double"));
            }
            else if (type == "float" && Long.ContainsKey(function))
            {
                wanted.Add((function, "double"));
            }
        }

        StringBuilder text = new();
        foreach ((string function, string type) in wanted.OrderBy(w => w.Function, StringComparer.Ordinal).ThenBy(w => w.Type, StringComparer.Ordinal))
        {
            text.Append('\n');
            foreach (string line in Method(function, type).Split('\n'))
            {
                text.Append(line.Length == 0 ? "" : indent).Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Method(string function, string type)
    {
        bool isFloating = type is "float" or "double";
        string narrow = type == "float" ? "(float)" : "";
        switch (function)
        {
            case "Maximum" or "Minimum":
                return $"private static {type} {function}({type} a, {type} b) {{ return Math.{function[..3]}(a, b); }}";
            case "Power":
                return $"private static {type} Power({type} a, {type} b) {{ return {narrow}Math.Pow(a, b); }}";
            case "FloorDivide":
                return $"private static {type} FloorDivide({type} a, {type} b) {{ return a / b - ((a % b != 0) && ((a < 0) != (b < 0)) ? 1 : 0); }}";
            case "Modulo":
                return $"private static {type} Modulo({type} a, {type} b) {{ {type} rest = a % b; return rest != 0 && ((rest < 0) != (b < 0)) ? rest + b : rest; }}";
            case "IsFinite":
                return $"private static bool IsFinite({type} x) {{ return !double.IsNaN(x) && !double.IsInfinity(x); }}";
            case "Abs" when !isFloating:
                return $"private static {type} Abs({type} x) {{ return x < 0 ? -x : x; }}";
            case "Sign" when !isFloating:
                return $"private static {type} Sign({type} x) {{ return x > 0 ? 1 : x < 0 ? -1 : 0; }}";
        }

        if (OneLine.TryGetValue(function, out string? expression))
        {
            string value = narrow.Length == 0 || function is "Sign" or "Abs" ? expression : expression.Contains(' ') ? $"(float)({expression})" : "(float)" + expression;
            return $"private static {type} {function}({type} x) {{ return {value}; }}";
        }

        (string summary, string body) = Long[function];
        return type == "float"
            ? $"private static float {function}(float x) {{ return (float){function}((double)x); }}"
            : $"// {summary}\nprivate static double {function}(double x)\n{{\n{string.Join('\n', body.ReplaceLineEndings("\n").Split('\n').Select(l => "    " + l))}\n}}";
    }
}
