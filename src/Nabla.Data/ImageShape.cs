namespace Nabla.Data;

/// <summary>How a row of features is read as a picture: rows of pixels from 0 (background) to <paramref name="MaxValue"/> (ink).</summary>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="MaxValue">The value of full ink: dividing by it brings the pixels to 0..1.</param>
public sealed record ImageShape(int Height, int Width, int MaxValue);
