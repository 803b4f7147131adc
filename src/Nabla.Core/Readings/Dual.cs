namespace Nabla;

/// <summary>A value and its derivative along one direction (its tangent).</summary>
/// <typeparam name="T">The number type of both.</typeparam>
/// <param name="Value">The primal value.</param>
/// <param name="Tangent">The derivative along the seeded direction.</param>
internal readonly record struct Dual<T>(T Value, T Tangent);
