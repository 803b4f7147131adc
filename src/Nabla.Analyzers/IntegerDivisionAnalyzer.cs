using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
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
        if (division.OperatorKind == BinaryOperatorKind.Divide && IsWhole(division.Type) && CutOff(division) is { } result && MeetsFormula(division) is { } other)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, division.Syntax.GetLocation(), division.Syntax.ToString(), result, Instead(division, other)));
        }
    }

    /// <summary>What a division that is not exact comes to; null for an exact one, and where nothing is known.</summary>
    private static string? CutOff(IBinaryOperation division) => (Whole(division.LeftOperand), Whole(division.RightOperand)) switch
    {
        (_, 0m) => null, // the compiler's own error
        ({ } above, { } below) => above % below == 0 ? null : decimal.Truncate(above / below).ToString(CultureInfo.InvariantCulture),
        (1m or -1m, null) => "0 unless the divisor is 1 or -1", // the mean's 1/m
        _ => null,
    };

    /// <summary>
    /// Where the quotient ends up: the type of the formula that it becomes a part of, through arithmetic, conversions and calls of Nabla's members;
    /// null where it stays among C#'s own numbers, or is a size or a place.
    /// </summary>
    private static ITypeSymbol? MeetsFormula(IOperation part)
    {
        while (true)
        {
            switch (part.Parent)
            {
                case IConversionOperation { IsImplicit: false } cast when IsWhole(cast.Type):
                    return null; // said to be whole
                case IConversionOperation conversion when !IsWhole(conversion.Type) && !IsReal(conversion.Type):
                    return NablaTypes.IsNumber(conversion.Type) ? conversion.Type : null;
                case IConversionOperation or IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus or UnaryOperatorKind.Plus }:
                    break;
                case IBinaryOperation binary when IsWhole(binary.Type) || IsReal(binary.Type):
                    break;
                case IBinaryOperation binary:
                    return Formula(binary.LeftOperand.Type, binary.RightOperand.Type, binary.Type);
                case ICompoundAssignmentOperation assignment:
                    return Formula(assignment.Target.Type);
                case IArgumentOperation { Parameter: { } parameter } argument when NablaTypes.IsNablas(parameter.ContainingSymbol) && NablaTypes.IsNumber(argument.Value.Type):
                    return argument.Value.Type;
                default:
                    return null;
            }

            part = part.Parent;
        }
    }

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
        string above = division.LeftOperand.Syntax.ToString(), below = division.RightOperand.Syntax.ToString();
        List<string> ways = [];
        if (Whole(division.LeftOperand) is { } a && Whole(division.RightOperand) is { } b && a / b * b == a && decimal.Round(a / b, 6) == a / b)
        {
            ways.Add((a / b).ToString("0.######", CultureInfo.InvariantCulture));
        }

        ways.Add(char.IsDigit(above[above.Length - 1]) ? $"{above}.0/{below}" : $"(double){above}/{below}");
        if (other.Name == "Expr")
        {
            ways.Add($"R({above}, {below})");
        }

        int last = ways.Count - 1;
        return last == 0 ? ways[0] : string.Join(", ", ways.GetRange(0, last)) + " or " + ways[last];
    }

    private static decimal? Whole(IOperation operand) => operand.ConstantValue is { HasValue: true, Value: { } value }
        ? value switch
        {
            int i => i,
            long l => l,
            uint u => u,
            ulong v => v,
            _ => null,
        }
        : null;

    private static bool IsWhole(ITypeSymbol? type) => type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 };

    private static bool IsReal(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_Double or SpecialType.System_Single };
}
