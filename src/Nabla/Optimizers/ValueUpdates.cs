namespace Nabla;

/// <summary>An optimizer's steps on given gradients: a compiled plan for each set of variables, which updates them in place.</summary>
/// <param name="optimizer">Whose steps.</param>
internal sealed class ValueUpdates(Optimizer optimizer)
{
    // A loop that steps through parts of a model in turn has a few sets; beyond, the oldest go.
    private const int Limit = 16;

    private readonly Lock _gate = new();
    private readonly List<Bound> _plans = [];

    public void Apply(IReadOnlyList<(NDArray Gradient, Variable Variable)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        Check(pairs);
        lock (_gate)
        {
            Variable[] variables = [.. pairs.Select(p => p.Variable)];
            OptimizerState state = optimizer.State ?? optimizer.Begin(variables);
            Bound? plan = _plans.Find(p => ReferenceEquals(p.State, state) && p.Variables.SequenceEqual(variables));
            if (plan is null)
            {
                plan = new Bound(optimizer, state, variables);
                if (_plans.Count == Limit)
                {
                    _plans.RemoveAt(0);
                }

                _plans.Add(plan);
            }

            plan.Run(optimizer.GivenRate, pairs);
        }
    }

    private void Check(IReadOnlyList<(NDArray Gradient, Variable Variable)> pairs)
    {
        if (pairs.Count == 0)
        {
            throw Error("expected a gradient for at least one variable, received none. Was training switched off for all layers?");
        }

        HashSet<Variable> seen = new(ReferenceEqualityComparer.Instance);
        foreach ((NDArray gradient, Variable variable) in pairs)
        {
            if (variable is null)
            {
                throw Error("expected a variable beside each gradient, received null.");
            }

            if (gradient is null)
            {
                throw Error($"expected a gradient for '{variable.Name}', received null. Leave out variables that the loss does not depend on.");
            }

            if (!seen.Add(variable))
            {
                throw Error($"expected each variable once, received '{variable.Name}' twice. Add its gradients up first.");
            }

            if (!gradient.Dims.SameSizes(variable.Type.Dims))
            {
                throw new ShapeException($"{Who}: expected a gradient of dims {variable.Type.Dims} for '{variable.Name}', received {gradient.Type}. Were gradients and variables put together in different orders?");
            }

            // One that scales the loss takes such gradients as the sign that it scales too much.
            if (optimizer is not LossScaleOptimizer && !DataScan.AllFinite(gradient))
            {
                throw Error($"expected finite gradients, received NaN or infinity for '{variable.Name}'. Nothing was changed. Try a smaller learning rate, or look at the loss first.");
            }
        }
    }

    private string Who => $"{optimizer.ClassName} '{optimizer.Name}': Apply";

    private ArgumentException Error(string message) => new($"{Who} {message}");

    /// <summary>A plan with its memory.</summary>
    private sealed class Bound
    {
        private readonly TensorBuffer[] _gradients;
        private readonly TensorBuffer _learningRate = TensorBuffer.Zeros(TensorType.Scalar(DType.Float64));
        private readonly Execution _execution;

        public Bound(Optimizer optimizer, OptimizerState state, Variable[] variables)
        {
            (State, Variables) = (state, variables);
            GraphBuilder builder = new();
            Tensor learningRate = builder.Input("learning_rate", _learningRate.Type);
            Tensor[] gradients = [.. variables.Select(v => builder.Input($"{v.Name}/gradient", v.Type))];
            CallContext context = new(builder, training: true);
            RecordedUpdate update = optimizer.Record(new UpdateRequest(state, v => context[v], learningRate, state.Require(variables, optimizer), gradients, Good: null));
            Graph graph = new(
                $"{optimizer.Name}/apply",
                [learningRate.Node, .. gradients.Select(g => g.Node), .. context.Leaves],
                update.Changes.Select(c => new GraphOutput(c.Variable.Name, c.Value.Node)));
            StepGraph step = new(graph, 1 + gradients.Length, [.. context.Used], [.. update.Changes.Select(c => c.Variable)]);
            _execution = step.Bind(Executable.Compile(step.Graph, new CompileOptions { InPlace = step.InPlace }));
            _execution.BindInput(0, _learningRate);
            _gradients = [.. variables.Select(v => TensorBuffer.Zeros(v.Type))];
            for (int i = 0; i < _gradients.Length; i++)
            {
                _execution.BindInput(1 + i, _gradients[i]);
            }
        }

        public OptimizerState State { get; }

        public Variable[] Variables { get; }

        public void Run(double learningRate, IReadOnlyList<(NDArray Gradient, Variable Variable)> pairs)
        {
            _learningRate.AsSpan<double>()[0] = learningRate;
            for (int i = 0; i < _gradients.Length; i++)
            {
                _gradients[i].Write(pairs[i].Gradient.AsType(Variables[i].Type.DType));
            }

            _execution.Run();
        }
    }
}
