namespace Nabla;

/// <summary>
/// Records a step in Keras' order: unscale, accumulate, clip, decay, rule, average, constraint, count. What an option does not ask for leaves no
/// node behind.
/// </summary>
internal static class UpdateRecorder
{
    public static RecordedUpdate Record(Optimizer optimizer, LearningRateSchedule? schedule, UpdateRequest request)
    {
        OptimizerState state = request.State;
        Tensor counter = request.Read(state.Iteration);
        using IDisposable _ = counter.Builder.Scope(optimizer.Name);
        Tensor iteration = counter.Cast(DType.Float64);
        IReadOnlyList<Tensor> gradients = request.Gradients;
        if (optimizer.LossScaleFactor is { } factor)
        {
            gradients = [.. gradients.Select(g => g / factor)];
        }

        // Several batches make one update: the others only add to the sums.
        Tensor update = iteration;
        Tensor? due = null;
        IReadOnlyList<Tensor> sums = [];
        if (optimizer.GradientAccumulationSteps is { } steps)
        {
            (update, due) = ((iteration / steps).Floor(), IsMultiple(iteration + 1, steps));
            sums = [.. gradients.Zip(request.Changing, (g, i) => g + request.Read(state.Accumulators[i]))];
            gradients = [.. sums.Select(sum => sum / steps)];
        }

        // A length that is not finite changes nothing: clipping by it would make NaN, or a step of 0.
        Tensor? norm = optimizer.GlobalClipNorm is not null && gradients.Count > 0 ? GradientClipping.Norm(gradients) : null;
        Tensor? guard = And(request.Good, norm?.IsFinite());
        Tensor? moves = And(guard, due);
        gradients = GradientClipping.Apply(gradients, optimizer.ClipNorm, optimizer.ClipValue, optimizer.GlobalClipNorm, norm);
        List<(Variable, Tensor)> changes =
        [
            .. sums.Zip(request.Changing, (sum, i) => (state.Accumulators[i], Kept(guard, request.Read(state.Accumulators[i]), Tensor.Select(due!, sum.Like(0), sum)))),
        ];

        OptimizerStep before = new(schedule?.Apply(iteration) ?? request.LearningRate, update + 1, [.. state.Shared.Select(request.Read)]);
        OptimizerStep step = before with { Shared = optimizer.Advance(before) };
        changes.AddRange(state.Shared.Zip(before.Shared.Zip(step.Shared, (b, a) => Kept(moves, b, a))));
        Tensor rate = optimizer.Rate(step);
        Average? average = optimizer.UseEma ? new Average(optimizer, update) : null;
        for (int k = 0; k < gradients.Count; k++)
        {
            int i = request.Changing[k];
            Variable weight = state.Weights[i];
            Tensor value = request.Read(weight);
            Tensor decayed = optimizer.WeightDecayOf(weight) is { } decay && optimizer.Decays(weight)
                ? value - value * (step.LearningRate * decay).Cast(value.DType)
                : value;
            Tensor[] slots = [.. state.Slots[i].Select(request.Read)];
            WeightStep own = new(weight, decayed, gradients[k], slots, rate.Cast(value.DType), step);

            // The move starts from what is really kept, so that one loop computes and stores all of a weight.
            Tensor[] kept = [.. slots.Zip(optimizer.Remember(own), (b, a) => Kept(moves, b, WithoutSubnormals(a)))];
            changes.AddRange(state.Slots[i].Zip(kept));
            Tensor moved = optimizer.Move(own, kept);
            if (average is null && weight.Constraint is null)
            {
                changes.Add((weight, Kept(moves, value, moved)));
                continue;
            }

            moved = Kept(due, value, moved);
            if (average is not null)
            {
                Tensor mean = WithoutSubnormals(average.Of(request.Read(state.Averages[i]), moved));
                changes.Add((state.Averages[i], Kept(guard, request.Read(state.Averages[i]), mean)));
                moved = average.Instead(mean, moved);
            }

            changes.Add((weight, Kept(guard, value, weight.Constraint?.Apply(moved) ?? moved)));
        }

        changes.Add((state.Iteration, Kept(guard, counter, counter + 1)));
        return new RecordedUpdate(changes, norm);
    }

    /// <summary>Where a number is a multiple of another; both are whole and below 2^53, so their quotient is whole only then.</summary>
    private static Tensor IsMultiple(Tensor number, int of)
    {
        Tensor quotient = number / of;
        return quotient.Floor().EqualTo(quotient);
    }

    private static Tensor? And(Tensor? a, Tensor? b) => a is null ? b : b is null ? a : a.And(b);

    private static Tensor Kept(Tensor? condition, Tensor before, Tensor after) => condition is null ? after : Tensor.Select(condition, after, before);

    // The means of a unit that has died halve with every few steps and would stay subnormal for ever, where processors take a hundred times as
    // long: measured, a step of the course network grew from 225 to 500 microseconds. Below the smallest normal number they are taken as 0.
    private static Tensor WithoutSubnormals(Tensor x)
    {
        Rational smallest = x.DType == DType.Float32 ? 1.17549435E-38 : 2.2250738585072014E-308;
        return Tensor.Select(x.Abs().LessThan(smallest), x.Like(0), x);
    }

    /// <summary>The moving average of weights: the first weights themselves, then mean ← m·mean + (1 - m)·w.</summary>
    private sealed class Average(Optimizer optimizer, Tensor update)
    {
        private readonly Tensor _momentum = Tensor.Select(update.EqualTo(0), update.Like(0), update.Like(optimizer.EmaMomentum));
        private readonly Tensor? _overwrites = optimizer.EmaOverwriteFrequency is { } steps ? IsMultiple(update + 1, steps) : null;

        public Tensor Of(Tensor mean, Tensor value)
        {
            Tensor stays = _momentum.Cast(value.DType);
            return mean * stays + value * (1 - _momentum).Cast(value.DType);
        }

        public Tensor Instead(Tensor mean, Tensor value) => _overwrites is null ? value : Tensor.Select(_overwrites, mean, value);
    }
}
