using Nabla.Explain;

namespace Nabla;

/// <summary>Looks a model over.</summary>
/// <example><code>
/// Nabla.Explain.Diagnosis diagnosis = model.Diagnose(x, y);
/// Console.WriteLine(diagnosis.IsHealthy ? "nothing found" : diagnosis.Findings[0].Message);
/// </code></example>
public static class DoctorExtensions
{
    // Where rows times weights are not more than this, every sample is run through the interpreter; else a part of them.
    private const long AllOfThem = 20_000_000;
    private const int Slice = 256;

    extension(Model model)
    {
        /// <summary>
        /// Examines data, model and one training step as they are: the graph of the step is run by the interpreter on a probe of up to 128 samples, and where
        /// that is quick up to 60 steps are tried on a copy of the weights, to judge the learning rate. Nothing of the model is changed. For a training as a whole give a <see cref="Doctor"/> to Fit.
        /// </summary>
        /// <param name="x">The samples that it learns from.</param>
        /// <param name="y">Their labels.</param>
        /// <param name="testX">Samples to measure with, they are looked for among those learned from.</param>
        /// <exception cref="InvalidOperationException">The model is not compiled, or has no loss.</exception>
        public Diagnosis Diagnose(NDArray x, NDArray y, NDArray? testX = null) => model.Diagnose((Arrays)x, (Arrays)y, testX);

        /// <summary>The same for models of several inputs or outputs.</summary>
        /// <param name="x">The samples of each input.</param>
        /// <param name="y">The labels of each output.</param>
        /// <param name="testX">Samples of the first input to measure with.</param>
        public Diagnosis Diagnose(Arrays x, Arrays y, NDArray? testX = null)
        {
            ArgumentNullException.ThrowIfNull(x);
            ArgumentNullException.ThrowIfNull(y);
            string subject = $"{model.ClassName} '{model.Name}'";
            Compilation compilation = model.RequireCompiled(nameof(Diagnose));
            TrainingData data;
            try
            {
                data = DataCheck.Run(model, nameof(Diagnose), x, y);
            }
            catch (TrainingDataException e)
            {
                return new Diagnosis(subject, Refused(model, compilation, y, e.Problems));
            }

            Examiner examiner = new(model, data) { Given = (x[0], y[0], testX), Birth = Birth(model, compilation, data) };
            examiner.Measure(0);
            examiner.Try();
            return examiner.Conclude(subject);
        }
    }

    // A rule that knows the trap by name says it better than the refusal does.
    private static IEnumerable<Advice> Refused(Model model, Compilation compilation, Arrays y, IReadOnlyList<string> problems)
    {
        IReadOnlyList<NDArray> labels = model.Built && y.Count == compilation.Goals.Count ? [.. y] : [];
        Examination seen = new(model, compilation) { Labels = labels };
        Advice[] known = [.. DoctorRules.Check(seen)];
        return [.. known, .. DoctorRules.Check(new Examination(model, null) { Problems = [.. problems.Where(p => !known.Any(k => k.Suggestion.Length > 0 && p.Contains(k.Suggestion, StringComparison.Ordinal)))] })
            .Where(a => a.Rule == UnusableData.RuleName)];
    }

    // Weights times samples decide how much can be looked at one by one; of more, the compiled evaluation finds the part that is not finite.
    private static Birth? Birth(Model model, Compilation compilation, TrainingData data)
    {
        long weights = Math.Max(1, model.Weights.Sum(w => (long)w.Type.Dims.Count));
        if (data.Count * weights <= AllOfThem)
        {
            return Look(data, [.. Enumerable.Range(0, data.Count)]);
        }

        for (int start = 0; start < data.Count; start += Slice)
        {
            TrainingData part = data[start..Math.Min(start + Slice, data.Count)];
            if (!double.IsFinite(compilation.Evaluate(part, Slice, model.Threads).Loss))
            {
                return Look(part, [.. Enumerable.Range(start, part.Count)]);
            }
        }

        ProbeSet probe = ProbeSet.Of(data, weights);
        return Look(probe.Data, probe.Rows);

        Birth? Look(TrainingData part, IReadOnlyList<int> rows) =>
            BirthFinder.Find(model, part, rows, model.Progress.Seed, compilation.Optimizer.GivenRate, v => v.Value);
    }
}
