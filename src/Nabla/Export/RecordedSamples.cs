namespace Nabla.Export;

/// <summary>Ten samples that look like what a model was made for: the same for the same model, wherever they are made.</summary>
internal static class RecordedSamples
{
    public const int Count = 10;

    private const int SmallestSide = 8;

    /// <summary>Ten samples as a model's user gives them, before scale and offset.</summary>
    public static NDArray Make(Model model, ModelMetadata? metadata)
    {
        Dims sample = model.InputType!.Dims[1..];
        if (model.InputType.DType.IsInteger)
        {
            return Numbers(model, sample);
        }

        double[] values = Picture(sample) is { } sides ? Strokes(sides, sample.Count) : Normals(sample.Count);

        // Pixels go from 0 to 255 where the model itself brings them to 1; columns are undone what the metadata will do to them.
        double brightest = model.Layers.Count > 0 && model.Layers[0] is Rescaling { Scale: [> 0 and < 0.05 and var scale] } ? Math.Round(1 / scale) : 1;
        for (int i = 0; i < values.Length; i++)
        {
            double factor = metadata?.Scale is { } s ? s[i % s.Count] : 1;
            double offset = metadata?.Offset is { } o ? o[i % o.Count] : 0;
            values[i] = factor == 0 ? 0 : ((values[i] * brightest) - offset) / factor;
        }

        return NDArray.Create<double>(values, [Count, .. sample]).AsType(model.InputType.DType);
    }

    // Places in the tables that the model looks numbers up in; 0 and 1 where it has none.
    private static NDArray Numbers(Model model, Dims sample)
    {
        TensorType one = model.InputType! with { Dims = model.InputType.Dims.With(0, new Dim(1, StepGraphs.Batch)) };
        int[] tables = [.. StepGraphs.Forward(model, [one]).Graph.Nodes.Where(n => n.Op is Gather).Select(n => n.Inputs[0].TensorType.Dims[((Gather)n.Op).Axis].Size)];
        int bound = tables.Length > 0 ? tables.Min() : 2;
        RandomStream random = new(1, 3);
        return NDArray.Create<int>([.. Enumerable.Range(0, Count * sample.Count).Select(i => random.Below(i, bound))], [Count, .. sample]).AsType(one.DType);
    }

    // Samples of two axes or more are pictures, and so are long rows whose length is a square, as flattened pictures have.
    private static (int Height, int Width, int Channels)? Picture(Dims sample)
    {
        int side = (int)Math.Sqrt(sample.Count);
        return sample.Rank switch
        {
            2 or 3 when sample[0].Size >= SmallestSide && sample[1].Size >= SmallestSide => (sample[0].Size, sample[1].Size, sample.Rank == 3 ? sample[2].Size : 1),
            1 when side >= SmallestSide && side * side == sample.Count => (side, side, 1),
            _ => null,
        };
    }

    private static double[] Normals(int count)
    {
        RandomStream random = new(1, 1);
        return [.. Enumerable.Range(0, Count * count).Select(i => random.CutNormal(i))];
    }

    // Dark pictures with two soft pen strokes each.
    private static double[] Strokes((int Height, int Width, int Channels) sides, int count)
    {
        RandomStream random = new(1, 2);
        var values = new double[Count * count];
        for (int picture = 0; picture < Count; picture++)
        {
            for (int stroke = 0; stroke < 2; stroke++)
            {
                int at = 4 * ((2 * picture) + stroke);
                (double fromX, double fromY) = (0.2 + (0.6 * random.Uniform(at)), 0.2 + (0.6 * random.Uniform(at + 1)));
                (double toX, double toY) = (0.2 + (0.6 * random.Uniform(at + 2)), 0.2 + (0.6 * random.Uniform(at + 3)));
                for (int i = 0; i < count; i++)
                {
                    (double y, double x) = ((i / sides.Channels / sides.Width + 0.5) / sides.Height, (i / sides.Channels % sides.Width + 0.5) / sides.Width);
                    double along = ((x - fromX) * (toX - fromX)) + ((y - fromY) * (toY - fromY));
                    double part = Math.Clamp(along / Math.Max(1e-9, Math.Pow(toX - fromX, 2) + Math.Pow(toY - fromY, 2)), 0, 1);
                    double distance = Math.Sqrt(Math.Pow(x - fromX - (part * (toX - fromX)), 2) + Math.Pow(y - fromY - (part * (toY - fromY)), 2));
                    double ink = Math.Clamp((0.08 - distance) * 25, 0, 1);
                    ref double pixel = ref values[(picture * count) + i];
                    pixel = Math.Max(pixel, Math.Round(ink * 255) / 255);
                }
            }
        }

        return values;
    }
}
