namespace Nabla;

/// <summary>The upper 16 bits of a float32: storage for files that hold it. Computing in it comes later.</summary>
/// <param name="Bits">Sign, 8 bits of exponent, 7 bits of fraction.</param>
/// <example><code>
/// NDArray stored = NDArray.From(new[] { (BFloat16)1.5f, (BFloat16)3.14159f });
/// NDArray values = stored.AsType(DType.Float32);   // 1.5, 3.140625
/// </code></example>
public readonly record struct BFloat16(ushort Bits)
{
    /// <summary>Widens exactly.</summary>
    public static explicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value.Bits << 16);

    /// <summary>Rounds to nearest, ties to even; NaN stays NaN.</summary>
    public static explicit operator BFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value))
        {
            return new BFloat16((ushort)((bits >> 16) | 0x40));
        }

        uint rounded = bits + 0x7FFF + ((bits >> 16) & 1);
        return new BFloat16((ushort)(rounded >> 16));
    }

    /// <summary>The value as its float32 prints.</summary>
    public override string ToString() => ((float)this).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
