namespace Nabla.Data;

/// <summary>How a row of features is read as a picture: rows of pixels from 0 (background) to <paramref name="MaxValue"/> (ink).</summary>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="MaxValue">The value of full ink: dividing by it brings the pixels to 0..1.</param>
/// <example><code>
/// if (Digits.Load() is { Image: { } shape } digits)
/// {
///     NDArray picture = digits.X[0].Reshape(shape.Height, shape.Width) / shape.MaxValue;   // 8x8, from 0 to 1
/// }
/// </code></example>
public sealed record ImageShape(int Height, int Width, int MaxValue);
