using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nabla.Analyzers;

/// <summary>A division of whole numbers that is cut off.</summary>
/// <param name="said">What it comes to, for the message.</param>
/// <param name="isOfVariables">Whether nothing is known but that its divisor varies.</param>
/// <param name="isZero">Whether it is 0, or 0 but for one divisor.</param>
internal sealed class Quotient(string said, bool isOfVariables, bool isZero)
{
    /// <summary>What it comes to, for the message.</summary>
    public string Said { get; } = said;

    /// <summary>Whether nothing is known but that its divisor varies: then it might be meant, and is told only as a factor or a term of a formula.</summary>
    public bool IsOfVariables { get; } = isOfVariables;

    /// <summary>The division as such a quotient; null for an exact one, and where a constant divides what varies (n/2), which is cut off on purpose for all one can know.</summary>
    public static Quotient? Of(IBinaryOperation division) => (Whole(division.LeftOperand), Whole(division.RightOperand)) switch
    {
        (_, 0m) => null, // the compiler's own error
        ({ } above, { } below) => above % below == 0 ? null : new Quotient(decimal.Truncate(above / below).ToString(CultureInfo.InvariantCulture), false, decimal.Truncate(above / below) == 0),
        (1m or -1m, null) => new Quotient("0 unless the divisor is 1 or -1", false, true), // the mean's 1/m
        (_, null) => IsExact(division) ? null : new Quotient("cut off to a whole number", true, false),
        _ => null,
    };

    /// <summary>Whether a name that holds the quotient may be asked what becomes of it: one that was said to be whole holds a whole number on purpose.</summary>
    public bool IsHeldBy(NamedNumber named) => NablaTypes.IsReal(named.Type) || (NablaTypes.IsWhole(named.Type) && !IsOfVariables && (isZero || !named.SaysItsType));

    /// <summary>The constant that an operand is; null for one that varies.</summary>
    public static decimal? Whole(IOperation operand) => operand.ConstantValue is { HasValue: true, Value: { } value }
        ? value switch
        {
            int i => i,
            long l => l,
            uint u => u,
            ulong v => v,
            _ => null,
        }
        : null;

    // n*(n - 1)/k counts something, 2*n/n and (a - a%n)/n leave no rest.
    private static bool IsExact(IBinaryOperation division)
    {
        string below = Text(division.RightOperand);
        List<IOperation> factors = [.. Factors(division.LeftOperand).Where(f => Whole(f) is null)];
        return factors.Count > 1 || factors.Any(f => Text(f) == below)
            || (Bare(division.LeftOperand) is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } difference
                && Bare(difference.RightOperand) is IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder } rest && Text(rest.RightOperand) == below);
    }

    private static IEnumerable<IOperation> Factors(IOperation product) =>
        Bare(product) is IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } binary ? Factors(binary.LeftOperand).Concat(Factors(binary.RightOperand)) : [product];

    private static IOperation Bare(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } or IParenthesizedOperation)
        {
            operation = operation is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)operation).Operand;
        }

        return operation;
    }

    private static string Text(IOperation operation) => Bare(operation).Syntax.ToString();
}
