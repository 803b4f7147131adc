using Microsoft.CodeAnalysis;

namespace Nabla.Analyzers;

/// <summary>Which types and members are Nabla's.</summary>
internal static class NablaTypes
{
    /// <summary>Whether values of this type are what formulas are made of: Tensor, NDArray, Expr.</summary>
    public static bool IsFormula(ITypeSymbol? type) => type is { Name: "Tensor" or "NDArray" or "Expr", ContainingNamespace: { Name: "Nabla", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether a whole number turns into this type as a number, not as a size or a place.</summary>
    public static bool IsNumber(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_Double or SpecialType.System_Single }
        || IsFormula(type)
        || type is { Name: "Rational", ContainingNamespace: { Name: "Nabla", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether a method or constructor is declared by one of Nabla's assemblies.</summary>
    public static bool IsNablas(ISymbol? member) =>
        member?.ContainingAssembly?.Name is { } assembly && (assembly == "Nabla" || assembly.StartsWith("Nabla.", System.StringComparison.Ordinal));

    /// <summary>Whether a type is one of C#'s whole numbers.</summary>
    public static bool IsWhole(ITypeSymbol? type) => type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 };

    /// <summary>Whether a type is one of C#'s numbers with a point.</summary>
    public static bool IsReal(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_Double or SpecialType.System_Single };
}
