namespace Nabla;

/// <summary>Where the channels of images and series stand: <c>"channels_last"</c> (the default) or <c>"channels_first"</c>.</summary>
/// <example><code>
/// DataFormat format = "channels_first"; // or DataFormat.ChannelsFirst
/// Flatten flatten = new(format);
/// </code></example>
public readonly record struct DataFormat
{
    private static readonly string[] Names = ["channels_last", "channels_first"];
    private readonly bool _first;

    private DataFormat(bool first) => _first = first;

    /// <summary>[batch, height, width, channels].</summary>
    public static DataFormat ChannelsLast => new(false);

    /// <summary>[batch, channels, height, width].</summary>
    public static DataFormat ChannelsFirst => new(true);

    /// <summary>The format of a name; null means channels last.</summary>
    /// <exception cref="ArgumentException">The name is not known; the message offers the nearest.</exception>
    public static implicit operator DataFormat(string? name) =>
        name is null || Names.Contains(name) ? new DataFormat(name == Names[1]) : throw DidYouMean.Unknown("DataFormat", name, Names);

    /// <summary>Keras' name.</summary>
    public override string ToString() => Names[_first ? 1 : 0];

    /// <summary>The first of the axes that are neither batch nor channels.</summary>
    internal int FirstSpatialAxis => _first ? 2 : 1;
}
