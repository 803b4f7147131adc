using System.Text;

namespace Nabla.Compiler.Emit;

/// <summary>
/// The functions of the loop language in JavaScript: those that Math has, and a few lines for each that it lacks or means differently.
/// </summary>
internal static class JavaScriptFunctions
{
    // Math's own, which mean what the loop language means: NaN goes through, and each is within a unit or so in the last place.
    private static readonly Dictionary<string, string> Own = new()
    {
        ["Exp"] = "Math.exp",
        ["Log"] = "Math.log",
        ["Log1p"] = "Math.log1p",
        ["Expm1"] = "Math.expm1",
        ["Sqrt"] = "Math.sqrt",
        ["Tanh"] = "Math.tanh",
        ["Sin"] = "Math.sin",
        ["Cos"] = "Math.cos",
        ["Abs"] = "Math.abs",
        ["Sign"] = "Math.sign",
        ["Floor"] = "Math.floor",
        ["IsFinite"] = "Number.isFinite",
        ["Maximum"] = "Math.max",
        ["Minimum"] = "Math.min",
    };

    private static readonly Dictionary<string, (string Name, string Text)> Printed = new()
    {
        ["Sigmoid"] = ("sigmoid", """
            /** 1 / (1 + e^-x), without overflow on either side. */
            function sigmoid(x) {
              const e = Math.exp(-Math.abs(x));
              return (x < 0 ? e : 1) / (1 + e);
            }
            """),
        ["Softplus"] = ("softplus", """
            /** log(1 + e^x), without overflow. */
            function softplus(x) {
              return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            }
            """),
        ["Round"] = ("roundToEven", """
            /** The nearest whole number, ties to the even one; Math.round takes ties up. */
            function roundToEven(x) {
              const down = Math.floor(x);
              const rest = x - down;
              return rest < 0.5 || (rest === 0.5 && down % 2 === 0) ? down : rest >= 0.5 ? down + 1 : x;
            }
            """),
        ["Power"] = ("power", """
            /** a to the power b: 1 to any power, and any number to the power 0, is 1. */
            function power(a, b) {
              return a === 1 || (a === -1 && (b === Infinity || b === -Infinity)) ? 1 : Math.pow(a, b);
            }
            """),
        ["Modulo"] = ("modulo", """
            /** What dividing whole numbers towards minus infinity leaves: of the sign of b. */
            function modulo(a, b) {
              const rest = a % b;
              return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
            }
            """),
        ["Erf"] = ("erf", """
            /** The error function: a series of positive terms below 2, a continued fraction from there on. */
            function erf(x) {
              const size = Math.abs(x);
              let result = 1;
              if (size < 2) {
                let term = size;
                result = size;
                for (let k = 1; term > result * 1e-17; k++) {
                  term *= (2 * size * size) / (2 * k + 1);
                  result += term;
                }
                result *= 1.1283791670955126 * Math.exp(-size * size);
              } else if (size < 6) {
                let tail = size;
                for (let k = 100; k > 0; k--) {
                  tail = size + (0.5 * k) / tail;
                }
                result = 1 - (0.5641895835477563 * Math.exp(-size * size)) / tail;
              }
              return x !== x ? x : x < 0 ? -result : result;
            }
            """),
    };

    /// <summary>The names of all functions that may be printed.</summary>
    public static IEnumerable<string> Names => Printed.Values.Select(p => p.Name);

    /// <summary>What to call for a function of the loop language.</summary>
    /// <param name="function">The function's name there.</param>
    /// <param name="called">Takes note of the functions that have to be printed.</param>
    public static string Name(string function, HashSet<string> called)
    {
        if (Own.TryGetValue(function, out string? own))
        {
            return own;
        }

        if (!Printed.TryGetValue(function, out (string Name, string Text) printed))
        {
            throw new NotSupportedException($"JavaScript: no function stands for {function}.");
        }

        called.Add(function);
        return printed.Name;
    }

    /// <summary>The functions that were called, in an order that does not depend on the run.</summary>
    public static string Write(IEnumerable<string> called, string indent)
    {
        StringBuilder text = new();
        foreach (string function in called.Order(StringComparer.Ordinal))
        {
            foreach (string line in Printed[function].Text.ReplaceLineEndings("\n").Split('\n'))
            {
                text.Append(indent).Append(line).Append('\n');
            }
        }

        return text.ToString();
    }
}
