using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nabla.Analyzers;

/// <summary>
/// NABLA001: <c>1/2*(a - y)</c> is <c>0*(a - y)</c>, because C# divides whole numbers to a whole number before they meet a tensor. A warning and no
/// error: the code is legal, and there are programs that mean the division that cuts off.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class IntegerDivisionAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor Rule = new(
        "NABLA001",
        "Whole numbers are divided and cut off before they meet a tensor",
        "'{0}' divides whole numbers and is {1}: write {2}",
        "Nabla",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "C# divides two whole numbers to a whole number and drops the rest, so that 1/2*(a - y) is 0. Make one of the two a number with a point, or an exact fraction.");

    // A name that holds a name that holds the quotient: farther nobody follows.
    private const int MostNames = 3;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Analyze, OperationKind.Binary);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var division = (IBinaryOperation)context.Operation;
        if (division.OperatorKind == BinaryOperatorKind.Divide && NablaTypes.IsWhole(division.Type) && Quotient.Of(division) is { } quotient && MeetsFormula(division, quotient, MostNames) is { } other)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, division.Syntax.GetLocation(), division.Syntax.ToString(), quotient.Said, Instead(division, other)));
        }
    }

    /// <summary>
    /// Where the quotient ends up: the type of the formula that it becomes a part of, through arithmetic, conversions, names that hold it and calls of
    /// Nabla's members; null where it stays among C#'s own numbers, or is a size or a place.
    /// </summary>
    private static ITypeSymbol? MeetsFormula(IOperation part, Quotient quotient, int names)
    {
        while (true)
        {
            switch (part.Parent)
            {
                case IConversionOperation { IsImplicit: false } cast when NablaTypes.IsWhole(cast.Type):
                    return null; // said to be whole
                case IConversionOperation conversion when !NablaTypes.IsWhole(conversion.Type) && !NablaTypes.IsReal(conversion.Type):
                    return NablaTypes.IsNumber(conversion.Type) && !(quotient.IsOfVariables && IsArgumentOrDivisor(conversion)) ? conversion.Type : null;
                case IConversionOperation or IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus or UnaryOperatorKind.Plus }:
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide } below when quotient.IsOfVariables && below.RightOperand == part:
                    return null; // a count to divide by is whole on purpose
                case IBinaryOperation binary when NablaTypes.IsWhole(binary.Type) || NablaTypes.IsReal(binary.Type):
                    break;
                case IBinaryOperation binary:
                    return Formula(binary.LeftOperand.Type, binary.RightOperand.Type, binary.Type);
                case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Divide } when quotient.IsOfVariables:
                    return null;
                case ICompoundAssignmentOperation assignment:
                    return Formula(assignment.Target.Type);
                case IArgumentOperation { Parameter: { } parameter } argument when !quotient.IsOfVariables && NablaTypes.IsNablas(parameter.ContainingSymbol) && NablaTypes.IsNumber(argument.Value.Type):
                    return argument.Value.Type;
                case { } holder when names > 0 && NamedNumber.Of(holder, part) is { } named && quotient.IsHeldBy(named):
                    foreach (IOperation use in named.Uses())
                    {
                        if (MeetsFormula(use, quotient, names - 1) is { } met)
                        {
                            return met;
                        }
                    }

                    return null;
                default:
                    return null;
            }

            part = part.Parent;
        }
    }

    // A tensor's own operators and members take numbers as tensors: a/(n/size), x.Pow(n/2).
    private static bool IsArgumentOrDivisor(IConversionOperation conversion) =>
        conversion.Parent is IArgumentOperation or ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Divide } || (conversion.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide } division && division.RightOperand == conversion);

    private static ITypeSymbol? Formula(params ITypeSymbol?[] types)
    {
        foreach (ITypeSymbol? type in types)
        {
            if (NablaTypes.IsFormula(type))
            {
                return type;
            }
        }

        return null;
    }

    private static string Instead(IBinaryOperation division, ITypeSymbol other)
    {
        // The operands' own syntax has lost its parentheses.
        var written = (BinaryExpressionSyntax)division.Syntax;
        string above = written.Left.ToString(), below = written.Right.ToString();
        List<string> ways = [];
        if (Quotient.Whole(division.LeftOperand) is { } a && Quotient.Whole(division.RightOperand) is { } b && a / b * b == a && decimal.Round(a / b, 6) == a / b)
        {
            ways.Add((a / b).ToString("0.######", CultureInfo.InvariantCulture));
        }

        ways.Add(above.TrimStart('-').All(char.IsDigit) ? $"{above}.0/{below}" : $"(double){above}/{below}");
        if (other.Name == "Expr")
        {
            ways.Add($"R({above}, {below})");
        }

        int last = ways.Count - 1;
        return last == 0 ? ways[0] : string.Join(", ", ways.GetRange(0, last)) + " or " + ways[last];
    }
}
