using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>The buffers of one kernel: numbered from 0 in the order of their first use, so that kernels that do the same look the same.</summary>
internal sealed class KernelBuffers
{
    private readonly Dictionary<Storage, LoopBuffer> _buffers = [];
    private readonly Names _names = new();

    public List<Storage> Storages { get; } = [];

    public ImmutableArray<LoopBuffer> All => [.. Storages.Select(s => _buffers[s])];

    /// <summary>The number of a storage in this kernel.</summary>
    public int Id(Storage storage)
    {
        if (!_buffers.TryGetValue(storage, out LoopBuffer? buffer))
        {
            buffer = new LoopBuffer(Storages.Count, _names.Make(storage.Name), storage.DType, storage.Count);
            _buffers.Add(storage, buffer);
            Storages.Add(storage);
        }

        return buffer.Id;
    }
}

/// <summary>Makes C# identifiers that differ from each other.</summary>
internal sealed class Names
{
    private readonly Dictionary<string, int> _used = [];

    /// <summary>An identifier like <paramref name="wish"/>.</summary>
    public string Make(string wish)
    {
        string name = Identifier(wish);
        int n = _used.GetValueOrDefault(name);
        _used[name] = n + 1;
        // The underscore keeps numbered names apart from indices (i0) and from each other.
        return n == 0 ? name + "_" : string.Create(CultureInfo.InvariantCulture, $"{name}_{n}");
    }

    /// <summary>Letters, digits and underscores only.</summary>
    public static string Identifier(string text)
    {
        StringBuilder name = new();
        foreach (char c in text)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_');
        }

        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? "v" + name : name.ToString();
    }
}
