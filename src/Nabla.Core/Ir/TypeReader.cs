using System.Collections.Immutable;

namespace Nabla;

/// <summary>Reads types, dims and axes back from the text of printed graphs.</summary>
internal static class TypeReader
{
    // Deeper tuples are nobody's program; the limit keeps hostile text from ending the process by a stack overflow.
    private const int DeepestTuple = 100;

    public static IrType ReadType(TextCursor at, int depth = 0)
    {
        if (!at.Takes("("))
        {
            return ReadTensor(at);
        }

        if (depth == DeepestTuple)
        {
            throw at.Error($"expected tuple types nested at most {DeepestTuple} deep");
        }

        var items = ImmutableArray.CreateBuilder<IrType>();
        while (!at.Takes(")"))
        {
            if (items.Count > 0)
            {
                at.Expect(",", "or ')' in a tuple type");
            }

            items.Add(ReadType(at, depth + 1));
        }

        return new TupleType(items.ToImmutable());
    }

    public static TensorType ReadTensor(TextCursor at)
    {
        DType dtype = ReadDType(at);
        return new TensorType(dtype, ReadDims(at));
    }

    public static DType ReadDType(TextCursor at)
    {
        at.SkipSpace();
        int from = at.Position;
        string name = at.Word();
        try
        {
            return DTypeFacts.Parse(name);
        }
        catch (FormatException e)
        {
            throw at.Error(e.Message, from, e);
        }
    }

    public static Dims ReadDims(TextCursor at)
    {
        int from = at.Position;
        List<Dim> dims = [];
        ReadList(at, () =>
        {
            at.SkipSpace();
            string? name = null;
            if (at.Next == '"' || (!char.IsAsciiDigit(at.Next) && at.Next != '-'))
            {
                name = at.Next == '"' ? at.Quoted() : at.Word();
                at.Expect("=", "after the name of a dim");
            }

            dims.Add(new Dim(at.Int(), name));
        });
        try
        {
            return Dims.Create([.. dims]);
        }
        catch (ShapeException e)
        {
            throw at.Error(e.Message, from, e);
        }
    }

    public static Axes ReadAxes(TextCursor at)
    {
        List<int> axes = [];
        ReadList(at, () => axes.Add(at.Int()));
        return [.. axes];
    }

    private static void ReadList(TextCursor at, Action item)
    {
        at.Expect("[", "at the start of a list");
        for (bool first = true; !at.Takes("]"); first = false)
        {
            if (!first)
            {
                at.Expect(",", "or ']' in a list");
            }

            item();
        }
    }
}
