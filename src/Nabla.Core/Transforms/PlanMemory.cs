using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// Gives every intermediate value a place in one block of memory, so that values that are never needed at the same time share it.
/// A value whose last reader computes another of the same size element by element is overwritten by it.
/// </summary>
internal static class PlanMemory
{
    private const long Alignment = 64; // a cache line, and the widest vector

    /// <summary>Sets the offsets; returns the block's size in bytes.</summary>
    public static long Run(ImmutableArray<StepDraft> steps)
    {
        List<Storage> values = Lifetimes(steps);
        FreeList free = new();
        Dictionary<int, List<Storage>> ends = values.GroupBy(v => v.End).ToDictionary(g => g.Key, g => g.ToList());
        Dictionary<int, List<Storage>> begins = values.GroupBy(v => v.Begin).ToDictionary(g => g.Key, g => g.ToList());
        HashSet<Storage> handedOver = [];
        for (int step = 0; step < steps.Length; step++)
        {
            List<Storage> dying = [.. ends.GetValueOrDefault(step, []).Where(v => v.Begin < step)];
            foreach (Storage value in begins.GetValueOrDefault(step, []))
            {
                Storage? heir = dying.Find(d => !handedOver.Contains(d) && Size(d) == Size(value) && steps[step].CanOverlay(d, value));
                if (heir is not null)
                {
                    handedOver.Add(heir);
                    value.Place = heir.Place;
                }
                else
                {
                    value.Place = free.Take(Size(value));
                }
            }

            foreach (Storage value in ends.GetValueOrDefault(step, []).Where(v => !handedOver.Contains(v)))
            {
                free.Give(value.Place, Size(value));
            }
        }

        return free.Top;
    }

    private static List<Storage> Lifetimes(ImmutableArray<StepDraft> steps)
    {
        HashSet<Storage> seen = [];
        List<Storage> values = [];
        for (int step = 0; step < steps.Length; step++)
        {
            foreach (Storage storage in steps[step].Storages)
            {
                if (storage.Kind == StorageKind.Arena)
                {
                    storage.Begin = Math.Min(storage.Begin, step);
                    storage.End = step;
                    if (seen.Add(storage))
                    {
                        values.Add(storage);
                    }
                }
            }
        }

        return values;
    }

    private static long Size(Storage value) => Math.Max(Alignment, (value.Bytes + Alignment - 1) / Alignment * Alignment);

    // Holes by offset; the smallest that fits is taken, so that large ones stay whole.
    private sealed class FreeList
    {
        private readonly SortedDictionary<long, long> _holes = [];

        public long Top { get; private set; }

        public long Take(long size)
        {
            long best = -1;
            foreach ((long offset, long hole) in _holes)
            {
                if (hole >= size && (best < 0 || hole < _holes[best]))
                {
                    best = offset;
                }
            }

            if (best < 0)
            {
                // The last hole, where it reaches the top, is grown.
                if (_holes.Count > 0 && _holes.Last() is var (offset, hole) && offset + hole == Top)
                {
                    _holes.Remove(offset);
                    Top = offset + size;
                    return offset;
                }

                Top += size;
                return Top - size;
            }

            long rest = _holes[best] - size;
            _holes.Remove(best);
            if (rest > 0)
            {
                _holes.Add(best + size, rest);
            }

            return best;
        }

        public void Give(long offset, long size)
        {
            foreach ((long start, long length) in _holes.ToArray())
            {
                if (start + length == offset)
                {
                    _holes.Remove(start);
                    (offset, size) = (start, size + length);
                }
                else if (offset + size == start)
                {
                    _holes.Remove(start);
                    size += length;
                }
            }

            _holes.Add(offset, size);
        }
    }
}
