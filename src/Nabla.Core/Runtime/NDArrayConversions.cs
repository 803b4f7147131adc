using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>Arrays from .NET's arrays and back.</summary>
/// <example><code>
/// NDArray a = NDArray.From(new[,] { { 1, 2 }, { 3, 4 } });
/// int[,] back = a.ToArray2D&lt;int&gt;();
/// double mean = a.Mean().Item&lt;double&gt;();   // 2.5
/// </code></example>
public static class NDArrayConversions
{
    extension(NDArray)
    {
        /// <summary>A scalar array.</summary>
        /// <exception cref="ArgumentException">No element type holds <typeparamref name="T"/>.</exception>
        public static NDArray From<T>(T value)
            where T : unmanaged => NDArray.Wrap([value], Dims.Scalar);

        /// <summary>A copy with one axis.</summary>
        public static NDArray From<T>(T[] values)
            where T : unmanaged => NDArray.Create<T>(values, [values.Length]);

        /// <summary>A copy with two axes: rows and columns.</summary>
        public static NDArray From<T>(T[,] values)
            where T : unmanaged => Copy<T>(values, [values.GetLength(0), values.GetLength(1)]);

        /// <summary>A copy with three axes.</summary>
        public static NDArray From<T>(T[,,] values)
            where T : unmanaged => Copy<T>(values, [values.GetLength(0), values.GetLength(1), values.GetLength(2)]);

        /// <summary>A copy with four axes.</summary>
        public static NDArray From<T>(T[,,,] values)
            where T : unmanaged => Copy<T>(values, [values.GetLength(0), values.GetLength(1), values.GetLength(2), values.GetLength(3)]);

        /// <summary>A copy of rows of one length.</summary>
        /// <exception cref="ShapeException">A row is missing or of another length than the first; the message names it.</exception>
        public static NDArray From<T>(T[][] rows)
            where T : unmanaged
        {
            int width = rows.Length == 0 ? 0 : rows[0]?.Length ?? 0;
            for (int row = 0; row < rows.Length; row++)
            {
                if (rows[row] is null || rows[row].Length != width)
                {
                    string received = rows[row] is null ? "no row (null)" : $"{rows[row].Length}";
                    throw new ShapeException($"NDArray: expected {width} values in every row, as in row 0, received {received} in row {row} of {rows.Length}. Pad or cut the rows to one length.");
                }
            }

            Dims dims = [rows.Length, width];
            var storage = new T[dims.Count];
            for (int row = 0; row < rows.Length; row++)
            {
                rows[row].CopyTo(storage, row * width);
            }

            return NDArray.Wrap(storage, dims);
        }
    }

    extension(NDArray array)
    {
        /// <summary>A copy of the values in row-major order.</summary>
        /// <exception cref="ShapeException"><typeparamref name="T"/> is not the .NET type of the elements; <c>AsType</c> converts.</exception>
        public T[] ToArray<T>()
            where T : unmanaged => array.AsSpan<T>().ToArray();

        /// <summary>A copy of the values as rows and columns.</summary>
        /// <exception cref="ShapeException">The rank is not 2, or <typeparamref name="T"/> is not the .NET type of the elements.</exception>
        public T[,] ToArray2D<T>()
            where T : unmanaged
        {
            if (array.Rank != 2)
            {
                throw new ShapeException($"NDArray.ToArray2D: expected 2 axes, received {array.Type}. Use Reshape(rows, -1), or ToArray for the flat values.");
            }

            var values = new T[array.Dims[0].Size, array.Dims[1].Size];
            array.AsSpan<T>().CopyTo(Flat<T>(values));
            return values;
        }

        /// <summary>The only element, converted as <c>AsType</c> does.</summary>
        /// <exception cref="ShapeException">There is not exactly one element.</exception>
        /// <exception cref="OverflowException">The value does not fit <typeparamref name="T"/>.</exception>
        public T Item<T>()
            where T : unmanaged
        {
            if (array.Count != 1)
            {
                throw new ShapeException($"NDArray.Item: expected exactly one element, received {array.Type}. Pick one first, as in x[0, 2], or use ToArray.");
            }

            return array.AsType(DTypeFacts.Of<T>()).AsSpan<T>()[0];
        }
    }

    private static NDArray Copy<T>(Array values, Dims dims)
        where T : unmanaged => NDArray.Create<T>(Flat<T>(values), dims);

    private static Span<T> Flat<T>(Array values)
        where T : unmanaged =>
        MemoryMarshal.CreateSpan(ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
}
