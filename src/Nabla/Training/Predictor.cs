namespace Nabla;

/// <summary>Computes outputs batch by batch. Each call has memory of its own, so many threads may predict at the same time.</summary>
/// <param name="model">The model, built.</param>
internal sealed class Predictor(Model model)
{
    /// <summary>The outputs for all samples, along the first axis.</summary>
    public NDArray Run(NDArray x, int batchSize, int threads)
    {
        int count = x.Dims[0].Size;
        NDArray? outputs = null;
        int filled = 0;
        Dictionary<int, Execution> executions = [];
        for (int start = 0; start < count || outputs is null; start += batchSize)
        {
            int size = Math.Min(batchSize, count - start);
            if (!executions.TryGetValue(size, out Execution? execution))
            {
                TensorType type = x.Type with { Dims = x.Dims.With(0, new Dim(size, StepGraphs.Batch)) };
                (StepGraph step, Executable plan) = model.Plans.Forward(type, threads);
                execution = step.Bind(plan);
                executions.Add(size, execution);
            }

            execution.BindInput(0, TensorBuffer.Pin(x[start..(start + size)]));
            execution.Run();
            NDArray batch = execution.Output(0).ToArray();
            outputs ??= NDArray.Zeros(batch.DType, [count, .. batch.Dims[1..].Select(d => new Dim(d.Size))]);
            batch.Bytes.CopyTo(outputs.ByteRun((long)filled * batch.DType.Size, batch.Bytes.Length));
            filled += batch.Count;
        }

        return outputs;
    }
}
