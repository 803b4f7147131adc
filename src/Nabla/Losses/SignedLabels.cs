namespace Nabla;

/// <summary>What the hinge losses share: labels as signs.</summary>
internal static class SignedLabels
{
    /// <summary>Labels of 0 and 1 as -1 and 1; others as they are. Keras' rule asks all labels of the batch at once.</summary>
    public static Tensor Of(Tensor labels)
    {
        Tensor isBinary = labels.EqualTo(0).Or(labels.EqualTo(1)).Cast(labels.DType).Min().EqualTo(1);
        return Tensor.Select(isBinary, labels * 2 - 1, labels);
    }
}
