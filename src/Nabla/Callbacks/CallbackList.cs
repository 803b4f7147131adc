namespace Nabla;

/// <summary>All callbacks of a call, in order.</summary>
internal sealed class CallbackList
{
    private readonly Callback[] _items;

    public CallbackList(Model model, IReadOnlyList<Callback>? callbacks, FitParameters parameters)
    {
        _items = [.. callbacks ?? []];
        if (Array.Exists(_items, c => c is null))
        {
            throw new ArgumentException($"{model.ClassName} '{model.Name}': expected callbacks, received null among them.");
        }

        if (_items.Distinct().Count() < _items.Length)
        {
            throw new ArgumentException($"{model.ClassName} '{model.Name}': expected every callback once, received one of them twice. Make two objects.");
        }

        foreach (Callback callback in _items)
        {
            callback.Attach(model, parameters);
        }
    }

    /// <summary>Whether there are any: a step that nobody watches calls nobody.</summary>
    public bool Any => _items.Length > 0;

    /// <summary>Whether all are the library's own, whose logs are known before they come.</summary>
    public bool IsKnown => Array.TrueForAll(_items, c => c is not LambdaCallback && c.GetType().Assembly == typeof(Callback).Assembly);

    public void Each(Action<Callback> call)
    {
        foreach (Callback callback in _items)
        {
            call(callback);
        }
    }

    public void TrainBatchBegin(int batch)
    {
        foreach (Callback callback in _items)
        {
            callback.OnTrainBatchBegin(batch);
        }
    }

    public void TrainBatchEnd(int batch, IReadOnlyDictionary<string, double> logs)
    {
        foreach (Callback callback in _items)
        {
            callback.OnTrainBatchEnd(batch, logs);
        }
    }

    public void KeepBatch(int epoch, int batch, IReadOnlyDictionary<string, double> logs)
    {
        foreach (Callback callback in _items)
        {
            callback.KeepBatch(epoch, batch, logs);
        }
    }

    /// <summary>Whether somebody takes a loss that is not finite as the training's end.</summary>
    public bool Catches(int batch)
    {
        bool caught = false;
        foreach (Callback callback in _items)
        {
            caught |= callback.Catches(batch);
        }

        return caught;
    }

    /// <summary>What all remember, under names that say whose it is.</summary>
    public IEnumerable<KeyValuePair<string, NDArray>> State()
    {
        foreach ((string name, Callback callback) in Named())
        {
            OrderedDictionary<string, NDArray> own = [];
            callback.WriteState(own);
            foreach ((string key, NDArray value) in own)
            {
                yield return new($"{name}/{key}", value);
            }
        }
    }

    /// <summary>Gives everybody back what they left; one who left nothing starts anew.</summary>
    public void Restore(IEnumerable<KeyValuePair<string, NDArray>> state)
    {
        KeyValuePair<string, NDArray>[] all = [.. state];
        foreach ((string name, Callback callback) in Named())
        {
            Dictionary<string, NDArray> own = all.Where(s => s.Key.StartsWith(name + "/", StringComparison.Ordinal)).ToDictionary(s => s.Key[(name.Length + 1)..], s => s.Value);
            if (own.Count > 0)
            {
                callback.ReadState(own);
            }
        }
    }

    private IEnumerable<(string Name, Callback Callback)> Named()
    {
        Dictionary<string, int> seen = [];
        foreach (Callback callback in _items)
        {
            int number = seen.GetValueOrDefault(callback.Name);
            seen[callback.Name] = number + 1;
            yield return ($"{callback.Name}/{number}", callback);
        }
    }
}
