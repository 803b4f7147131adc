namespace Nabla;

/// <summary>The k largest of outputs along the last axis.</summary>
internal static class TopK
{
    /// <summary>1 where fewer than k outputs are larger than that of the class [..]; a class that does not exist is never among them.</summary>
    public static Tensor Holds(Tensor classes, Tensor scores, int k)
    {
        int count = scores.Dims[-1].Size;
        Tensor chosen = Tensor.Select(Probabilities.IsClass(classes, count), scores, scores.Like(0)).Sum(-1, keepDims: true);
        Tensor larger = scores.GreaterThan(chosen).Cast(DType.Float64).Sum(-1);
        Tensor known = classes.AtLeast(0).And(classes.LessThan(count)).And(chosen.Reshape(classes.Dims).IsFinite());
        return larger.LessThan(k).And(known).Cast(DType.Float64);
    }

    /// <summary>Scores with all but the k largest put below everything; of equal ones the first stay.</summary>
    public static Tensor Only(Tensor scores, int k)
    {
        Tensor rank = scores.ArgSort(-1, descending: true).ArgSort(-1);
        return Tensor.Select(rank.LessThan(k), scores, scores.Like(Rational.NegativeInfinity));
    }

    public static int Checked(string who, int k) => k >= 1
        ? k
        : throw new ArgumentOutOfRangeException(nameof(k), k, $"{who}: expected a k of 1 or more.");
}
