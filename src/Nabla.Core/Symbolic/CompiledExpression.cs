using System.Collections.Concurrent;

namespace Nabla;

/// <summary>An expression as a plan: machine code where the runtime allows it, prebuilt kernels elsewhere. For many threads.</summary>
internal sealed class CompiledExpression
{
    private readonly Executable _plan;
    private readonly ConcurrentBag<(Execution Execution, TensorBuffer[] Inputs)> _idle = [];

    public CompiledExpression(Expr expression, Expr[] symbols)
    {
        if (expression.IsCondition)
        {
            throw new ArgumentException($"Lambdify: expected a number, received the condition {expression}. Choose numbers by it with Where.");
        }

        foreach (Expr symbol in symbols)
        {
            Expr.SymbolNode(symbol, nameof(Expr.Lambdify));
        }

        if (symbols.Distinct().Count() != symbols.Length)
        {
            throw new ArgumentException($"Lambdify: expected each symbol once, received {string.Join(", ", symbols.Select(s => s.ToString()))}.");
        }

        Graph graph = NumberGraph.Of(expression, symbols);
        if (graph.Inputs.Length != symbols.Length)
        {
            throw new ArgumentException($"Lambdify: expected the symbols of {expression}, received none.");
        }

        _plan = Executable.Compile(graph);
    }

    public double Run(ReadOnlySpan<double> arguments)
    {
        if (arguments.Length != _plan.Graph.Inputs.Length)
        {
            throw new ArgumentException($"Lambdify: expected {_plan.Graph.Inputs.Length} numbers, received {arguments.Length}.");
        }

        (Execution execution, TensorBuffer[] inputs) = _idle.TryTake(out var idle) ? idle : Create();
        for (int i = 0; i < arguments.Length; i++)
        {
            inputs[i].AsSpan<double>()[0] = arguments[i];
        }

        execution.Run();
        double result = execution.Output(0).AsSpan<double>()[0];
        _idle.Add((execution, inputs));
        return result;
    }

    private (Execution Execution, TensorBuffer[] Inputs) Create()
    {
        Execution execution = _plan.CreateExecution();
        TensorBuffer[] inputs = [.. _plan.Graph.Inputs.Select(n => TensorBuffer.Zeros(n.TensorType))];
        for (int i = 0; i < inputs.Length; i++)
        {
            execution.BindInput(i, inputs[i]);
        }

        return (execution, inputs);
    }
}
