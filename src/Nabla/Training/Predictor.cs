using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>Computes outputs batch by batch. Each call has memory of its own, so many threads may predict at the same time.</summary>
/// <param name="model">The model, built.</param>
internal sealed class Predictor(Model model)
{
    // Predictions under way. Where there are several, each keeps to its own thread: the callers' threads share the processors already, and
    // helpers that spin would only take time from them.
    private int _running;

    /// <summary>The outputs for all samples, along the first axis.</summary>
    public NDArray Run(NDArray x, int batchSize, int threads)
    {
        int count = x.Dims[0].Size;
        long bytesIn = (long)x.DType.Size * (x.Count / Math.Max(1, count));
        NDArray? outputs = null;
        for (int start = 0; start < count || outputs is null; start += batchSize)
        {
            int size = Math.Min(batchSize, count - start);
            ForwardPlan plan = model.Plans.Forward(x.DType, x.Dims, size, threads);
            ForwardRun run = plan.Rent();
            run.Input.Read(x, start * bytesIn);
            Run(run);
            Dims dims = plan.OutputDims;
            outputs ??= NDArray.Zeros(run.Output.Type.DType, size == count ? dims : dims.With(0, count));
            run.Output.WriteTo(outputs, (long)start * dims.Count / Math.Max(1, size) * outputs.DType.Size);
            plan.Return(run);
        }

        return outputs;
    }

    /// <summary>The output for one sample, from memory to memory.</summary>
    public void Run<T>(ReadOnlySpan<T> sample, Span<T> output)
        where T : unmanaged, INumberBase<T>
    {
        TensorType input = model.InputType!;
        ForwardPlan plan = model.Plans.Forward(input.DType, input.Dims, 1, model.Threads);
        ForwardRun run = plan.Rent();
        if (sample.Length != run.Input.Type.Dims.Count)
        {
            throw model.Error($"Predict expected {run.Input.Type.Dims.Count} values for one sample of dims {input.Dims[1..]}, received {sample.Length}. For several samples use Predict(NDArray).");
        }

        if (output.Length != run.Output.Type.Dims.Count)
        {
            throw model.Error($"Predict expected room for {run.Output.Type.Dims.Count} outputs of dims {plan.OutputDims[1..]}, received a span of {output.Length}.");
        }

        Fill(run.Input, sample);
        Run(run);
        Take(run.Output, output);
        plan.Return(run);
    }

    private void Run(ForwardRun run)
    {
        bool alone = Interlocked.Increment(ref _running) > 1;
        try
        {
            run.Run(alone);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private static void Fill<T>(TensorBuffer buffer, ReadOnlySpan<T> values)
        where T : unmanaged, INumberBase<T>
    {
        if (buffer.Type.DType == DType.Float32)
        {
            Convert(values, buffer.AsSpan<float>());
        }
        else
        {
            Convert(values, buffer.AsSpan<double>());
        }

        GC.KeepAlive(buffer);
    }

    private static void Take<T>(TensorBuffer buffer, Span<T> values)
        where T : unmanaged, INumberBase<T>
    {
        if (buffer.Type.DType == DType.Float32)
        {
            Convert<float, T>(buffer.AsSpan<float>(), values);
        }
        else
        {
            Convert<double, T>(buffer.AsSpan<double>(), values);
        }

        GC.KeepAlive(buffer);
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        if (typeof(TFrom) == typeof(TTo))
        {
            MemoryMarshal.Cast<TFrom, TTo>(from).CopyTo(to);
            return;
        }

        for (int i = 0; i < from.Length; i++)
        {
            to[i] = TTo.CreateTruncating(from[i]);
        }
    }
}
