using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Nabla.Analyzers;

/// <summary>A local, or a field that does not change, that holds one number wherever it is used.</summary>
/// <param name="symbol">The local or field.</param>
/// <param name="type">Its type.</param>
/// <param name="saysItsType">Whether the type was written.</param>
/// <param name="holder">Where it gets its number.</param>
internal sealed class NamedNumber(ISymbol symbol, ITypeSymbol type, bool saysItsType, IOperation holder)
{
    /// <summary>Its type.</summary>
    public ITypeSymbol Type { get; } = type;

    /// <summary>Whether the type was written, rather than <c>var</c>.</summary>
    public bool SaysItsType { get; } = saysItsType;

    /// <summary>What gets the value of an operation; null where it is no such name, or one that gets other values, too.</summary>
    /// <param name="holder">The operation that takes the value.</param>
    /// <param name="value">The value.</param>
    public static NamedNumber? Of(IOperation holder, IOperation value)
    {
        NamedNumber? named = holder switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } declarator } => new(local, local.Type, !IsVar(declarator), holder),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } } assignment when assignment.Value == value => new(local, local.Type, true, holder),
            IFieldInitializerOperation { InitializedFields: { Length: 1 } fields } when fields[0].IsConst || fields[0].IsReadOnly => new(fields[0], fields[0].Type, true, holder),
            _ => null,
        };
        return named is null || named.References().Any(r => named.Changes(r)) ? null : named;
    }

    /// <summary>Where it is read, in the same method, or for a field in the same file.</summary>
    public IEnumerable<IOperation> Uses() => References().Where(r => r.Parent is not ISimpleAssignmentOperation assignment || assignment.Target != r);

    private IEnumerable<IOperation> References() => symbol is ILocalSymbol
        ? Root(holder).Descendants().Where(o => o is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, symbol))
        : InFile();

    // A field's initialiser is a tree of operations of its own: its uses are found by name.
    private IEnumerable<IOperation> InFile()
    {
        SemanticModel model = holder.SemanticModel!;
        foreach (IdentifierNameSyntax name in model.SyntaxTree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == symbol.Name))
        {
            SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name;
            if (model.GetOperation(whole) is IFieldReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Field, symbol))
            {
                yield return reference;
            }
        }
    }

    private bool Changes(IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference && assignment != holder,
        IIncrementOrDecrementOperation => true,
        IArgumentOperation { Parameter.RefKind: not RefKind.None } => true,
        _ => false,
    };

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    private static bool IsVar(IVariableDeclaratorOperation declarator) => declarator.Syntax.Parent is VariableDeclarationSyntax { Type.IsVar: true };
}
