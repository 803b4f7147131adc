using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>
/// Writes a line an epoch to a CSV file: the epoch from 0, then loss and metrics by sorted name. Where a training goes on, the lines go on.
/// </summary>
/// <example><code>
/// string path = Path.Combine(Path.GetTempPath(), "training.csv");
/// model.Fit(x, y, verbose: 0, callbacks: [new CSVLogger(path, separator: ";")]);
/// </code></example>
public sealed class CSVLogger : Callback
{
    private readonly string _path;
    private readonly string _separator;
    private readonly bool _append;
    private string[]? _keys;
    private bool _begun;
    private long _kept = -1;

    /// <summary>A log file.</summary>
    /// <param name="filename">Where to write.</param>
    /// <param name="separator">What stands between values.</param>
    /// <param name="append">Whether to add to a file that is there; otherwise it is replaced.</param>
    public CSVLogger(string filename, string separator = ",", bool append = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(filename);
        ArgumentException.ThrowIfNullOrEmpty(separator);
        (_path, _separator, _append) = (filename, separator, append);
    }

    /// <inheritdoc/>
    public override void OnTrainBegin() => (_keys, _begun, _kept) = (null, false, -1);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double> logs)
    {
        using FileStream file = Open();
        bool header = file.Length == 0;
        file.Seek(0, SeekOrigin.End);
        if (_keys is null)
        {
            _keys = [.. logs.Keys.Order(StringComparer.Ordinal)];

            // Keras' custom: columns of validation are there even where its values come later.
            _keys = _keys.Any(k => k.StartsWith("val_", StringComparison.Ordinal)) ? _keys : [.. _keys, .. _keys.Select(k => "val_" + k)];
        }

        StringBuilder text = new();
        if (header)
        {
            text.AppendJoin(_separator, ["epoch", .. _keys.Select(Cell)]).Append("\r\n");
        }

        text.AppendJoin(_separator, [epoch.ToString(CultureInfo.InvariantCulture), .. _keys.Select(k => logs.TryGetValue(k, out double value) ? Number(value) : "NA")]).Append("\r\n");
        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
        file.Flush();
        _kept = file.Length;
    }

    /// <inheritdoc/>
    protected internal override void WriteState(IDictionary<string, NDArray> state)
    {
        state["length"] = Stored(_kept);
        for (int i = 0; i < _keys?.Length; i++)
        {
            state[$"key/{i:D4}/{_keys[i]}"] = Stored(i);
        }
    }

    /// <inheritdoc/>
    protected internal override void ReadState(IReadOnlyDictionary<string, NDArray> state)
    {
        _kept = (long)Stored(state, "length", -1);
        string[] keys = [.. state.Keys.Where(k => k.StartsWith("key/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(k => k[9..])];
        _keys = keys.Length > 0 ? keys : null;
    }

    // Lines after the moment from which the training goes on are written again.
    private FileStream Open()
    {
        FileStream file = new(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        if (!_begun && _kept > 0 && file.Length >= _kept)
        {
            file.SetLength(_kept);
        }
        else if (!_begun && (_kept > 0 || !_append))
        {
            file.SetLength(0);
        }

        _begun = true;
        return file;
    }

    private string Cell(string text) => text.Contains(_separator, StringComparison.Ordinal) || text.AsSpan().ContainsAny("\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Number(double value) => double.IsNaN(value) ? "nan" : double.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : LogText.Exact(value).ToLowerInvariant();
}
