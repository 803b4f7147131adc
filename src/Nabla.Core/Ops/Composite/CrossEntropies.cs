namespace Nabla;

/// <summary>Losses from logits in their stable forms.</summary>
internal static class CrossEntropies
{
    public static Tensor Binary(Tensor target, Tensor logits)
    {
        using IDisposable _ = logits.Builder.Scope("binary_crossentropy");

        // Maximum, not relu: its derivative 1/2 at a tie makes the whole exactly sigmoid(0) - y there.
        return logits.Maximum(0) - logits * target + (-logits.Abs()).Exp().Log1p();
    }

    public static Tensor Categorical(Tensor target, Tensor logits, int axis)
    {
        using IDisposable _ = logits.Builder.Scope("categorical_crossentropy");
        return -(target * Softmaxes.LogSoftmax(logits, axis)).Sum(axis);
    }

    public static Tensor Sparse(Tensor labels, Tensor logits)
    {
        using IDisposable _ = logits.Builder.Scope("sparse_categorical_crossentropy");
        if (logits.Dims.Rank == 0 || !labels.DType.IsInteger || !labels.Dims.SameSizes(logits.Dims[..^1]))
        {
            throw new ShapeException($"sparse_categorical_crossentropy: expected whole-number labels (int32 or int64) of dims {(logits.Dims.Rank == 0 ? "[..]" : logits.Dims[..^1])} for logits {logits.Type} [.., classes], received {labels.Type}.");
        }

        // The chosen logit as a masked sum: elements and a reduction fuse into the passes that the softmax makes anyway; a scatter would not.
        Tensor shifted = Softmaxes.Shifted(logits, -1);
        Tensor places = logits.Builder.Iota(logits.Dims, logits.Dims.Rank - 1, labels.DType);
        Tensor chosen = Tensor.Select(places.EqualTo(labels.ExpandDims(-1)), shifted, shifted.Like(0)).Sum(-1);
        Tensor loss = shifted.Exp().Sum(-1).Log() - chosen;
        Tensor known = labels.AtLeast(0).And(labels.LessThan(logits.Dims[^1].Size));
        return Tensor.Select(known, loss, loss.Like(Rational.NaN));
    }
}
