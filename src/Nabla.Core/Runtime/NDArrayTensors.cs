using System.Numerics.Tensors;

namespace Nabla;

/// <summary>To and from <c>System.Numerics.Tensors</c>, whose generic <c>Tensor&lt;T&gt;</c> holds values and is another thing than <see cref="Tensor"/>.</summary>
/// <example><code>
/// System.Numerics.Tensors.Tensor&lt;float&gt; tensor = x.ToTensor&lt;float&gt;();
/// NDArray back = NDArray.From(tensor);
/// </code></example>
public static class NDArrayTensors
{
    extension(NDArray)
    {
        /// <summary>A copy of a span over a tensor, whatever its strides.</summary>
        /// <exception cref="ShapeException">More elements than an array can hold.</exception>
        public static NDArray From<T>(in ReadOnlyTensorSpan<T> values)
            where T : unmanaged
        {
            var sizes = new int[values.Rank];
            for (int axis = 0; axis < sizes.Length; axis++)
            {
                sizes[axis] = checked((int)values.Lengths[axis]);
            }

            var dims = Dims.Of(sizes);
            var storage = new T[dims.Count];
            values.FlattenTo(storage);
            return NDArray.Wrap(storage, dims);
        }

        /// <summary>A copy of a tensor.</summary>
        /// <exception cref="ShapeException">More elements than an array can hold.</exception>
        public static NDArray From<T>(Tensor<T> values)
            where T : unmanaged => NDArray.From(values.AsReadOnlyTensorSpan());
    }

    extension(NDArray array)
    {
        /// <summary>A copy as a tensor.</summary>
        /// <exception cref="ShapeException"><typeparamref name="T"/> is not the .NET type of the elements.</exception>
        public Tensor<T> ToTensor<T>()
            where T : unmanaged => System.Numerics.Tensors.Tensor.Create(array.AsSpan<T>().ToArray(), Lengths(array));

        /// <summary>The values as a span over a tensor, without copying.</summary>
        /// <exception cref="ShapeException"><typeparamref name="T"/> is not the .NET type of the elements.</exception>
        public ReadOnlyTensorSpan<T> AsTensorSpan<T>()
            where T : unmanaged => new(array.AsSpan<T>(), Lengths(array));
    }

    private static nint[] Lengths(NDArray array) => [.. array.Dims.Select(d => (nint)d.Size)];
}
