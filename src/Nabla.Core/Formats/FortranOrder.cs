namespace Nabla;

/// <summary>Arrays whose first axis varies fastest, as Fortran, MATLAB and a transposed NumPy array store them.</summary>
internal static class FortranOrder
{
    /// <summary>The dims back to front: read in row-major order under them, the elements are those of the transposed array.</summary>
    internal static Dims Reversed(Dims dims) => [.. dims.Reverse()];

    /// <summary>The array with its axes back to front, in row-major order.</summary>
    internal static NDArray ToRowMajor(NDArray reversed)
    {
        Dims dims = Reversed(reversed.Dims);
        if (dims.Count(d => d.Size > 1) < 2 || dims.Count == 0)
        {
            return reversed.WithDims(dims);
        }

        NDArray result = NDArray.Zeros(reversed.DType, dims);
        Permute(reversed, result);
        return result;
    }

    // An odometer over the result's axes; the source steps by the strides of the reversed array.
    private static void Permute(NDArray reversed, NDArray result)
    {
        int size = reversed.DType.Size;
        int[] strides = reversed.Dims.Strides();
        Array.Reverse(strides);
        int rank = strides.Length;
        var position = new int[rank];
        int source = 0;
        for (int i = 0; i < result.Count; i++)
        {
            reversed.ByteRun((long)source * size, size).CopyTo(result.ByteRun((long)i * size, size));
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                source += strides[axis];
                if (++position[axis] < result.Dims[axis].Size)
                {
                    break;
                }

                source -= result.Dims[axis].Size * strides[axis];
                position[axis] = 0;
            }
        }
    }
}
