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

    /// <summary>The first output for all samples of the only input, along the first axis.</summary>
    public NDArray Run(NDArray x, int batchSize, int threads)
    {
        NDArray? output = null;

        // The model's own type where it is the same: a new one would be garbage at each call.
        TensorType known = model.InputType!;
        Run([x], [known.DType == x.DType ? known : x.Type], new Span<NDArray?>(ref output), batchSize, threads);
        return output!;
    }

    /// <summary>The outputs for all samples of all inputs, along the first axis.</summary>
    public NDArray[] Run(NDArray[] x, int batchSize, int threads)
    {
        var outputs = new NDArray?[model.OutputTypes.Count];
        Run(x, [.. x.Select(a => a.Type)], outputs, batchSize, threads);
        return outputs!;
    }

    private void Run(ReadOnlySpan<NDArray> x, ReadOnlySpan<TensorType> types, Span<NDArray?> outputs, int batchSize, int threads)
    {
        int count = x[0].Dims[0].Size;
        for (int start = 0; start < count || start == 0; start += batchSize)
        {
            int size = Math.Min(batchSize, count - start);
            ForwardPlan plan = model.Plans.Forward(types, size, threads);
            ForwardRun run = plan.Rent();
            for (int i = 0; i < x.Length; i++)
            {
                run.Inputs[i].Read(x[i], start * ((long)x[i].DType.Size * (x[i].Count / Math.Max(1, count))));
            }

            Run(run);
            for (int i = 0; i < outputs.Length; i++)
            {
                TensorBuffer output = run.Outputs[i];
                Dims dims = plan.OutputDims[i];
                NDArray whole = outputs[i] ??= NDArray.Zeros(output.Type.DType, size == count ? dims : dims.With(0, count));
                output.WriteTo(whole, (long)start * dims.Count / Math.Max(1, size) * whole.DType.Size);
            }

            plan.Return(run);
        }
    }

    /// <summary>The output for one sample, from memory to memory.</summary>
    public void Run<T>(ReadOnlySpan<T> sample, Span<T> output)
        where T : unmanaged, INumberBase<T>
    {
        TensorType input = model.InputType!;
        ForwardPlan plan = model.Plans.Forward(new ReadOnlySpan<TensorType>(in input), 1, model.Threads);
        ForwardRun run = plan.Rent();
        (TensorBuffer entry, TensorBuffer exit) = (run.Inputs[0], run.Outputs[0]);
        if (sample.Length != entry.Type.Dims.Count)
        {
            throw model.Error($"Predict expected {entry.Type.Dims.Count} values for one sample of dims {input.Dims[1..]}, received {sample.Length}. For several samples use Predict(NDArray).");
        }

        if (output.Length != exit.Type.Dims.Count)
        {
            throw model.Error($"Predict expected room for {exit.Type.Dims.Count} outputs of dims {plan.OutputDims[0][1..]}, received a span of {output.Length}.");
        }

        Fill(entry, sample);
        Run(run);
        Take(exit, output);
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
