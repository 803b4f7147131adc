using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nabla.Analyzers;

/// <summary>
/// NABLA002: <c>w^2</c> is C#'s "exclusive or", not a power, and it binds more loosely than +. An error: no program can mean it, for no type of
/// Nabla has that operator, save Expr's, which exists to say the same.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class PowerAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor Rule = new(
        "NABLA002",
        "'^' is not a power",
        "'{0}' is not a power: '^' is C#'s exclusive or and binds more loosely than '+'; write {1}",
        "Nabla",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "C# has no operator for powers, and w^2 + 1 would mean w^(2 + 1). Use Pow.");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);

        // Syntax, not operations: where the operator does not exist there is no operation to look at.
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.ExclusiveOrExpression, SyntaxKind.ExclusiveOrAssignmentExpression);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        (ExpressionSyntax left, ExpressionSyntax right) = context.Node switch
        {
            BinaryExpressionSyntax binary => (binary.Left, binary.Right),
            AssignmentExpressionSyntax assignment => (assignment.Left, assignment.Right),
            _ => default,
        };

        // In a^2 + b^2 C# sees (a^(2 + b))^2; the one who wrote it meant what stands beside the sign.
        while (left is BinaryExpressionSyntax before && IsArithmetic(before))
        {
            left = before.Right;
        }

        while (right is BinaryExpressionSyntax after && IsArithmetic(after))
        {
            right = after.Left;
        }

        if ((Formula(context, left) ?? Formula(context, right)) is { } type)
        {
            string instead = type.Name == "Expr" ? $"Pow({left}, {right})" : $"{left}.Pow({right})";
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Node.GetLocation(), context.Node.ToString(), instead));
        }
    }

    private static ITypeSymbol? Formula(SyntaxNodeAnalysisContext context, ExpressionSyntax side) =>
        context.SemanticModel.GetTypeInfo(side, context.CancellationToken).Type is { } type && NablaTypes.IsFormula(type) ? type : null;

    private static bool IsArithmetic(BinaryExpressionSyntax part) => part.Kind() is SyntaxKind.AddExpression or SyntaxKind.SubtractExpression
        or SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression or SyntaxKind.ExclusiveOrExpression;
}
