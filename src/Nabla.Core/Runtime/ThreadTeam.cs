using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// A few persistent threads that share pieces of work so short that the thread pool would cost more than they take.
/// The caller works too; the others are background threads that sleep while nobody calls. Nobody disposes a team.
/// </summary>
/// <remarks>
/// <para>Work is cut by the caller into shards with outputs of their own, so a result depends neither on who runs a shard nor on how many threads there
/// are. Whoever is free takes the next shard. So nobody waits for a thread that did not come: where the processor belongs to a neighbour, a quota or
/// an affinity mask, the caller simply does all shards itself.</para>
/// <para>A team that is busy (a second thread calls, or a shard calls its own team) does not queue: the second caller does its shards alone.</para>
/// </remarks>
internal sealed unsafe class ThreadTeam
{
    // After so many calls in a row that nobody came to help with, sleepers are woken only now and then: waking costs microseconds.
    private const int PatienceAlone = 16;
    private const int WakeAgainEvery = 64;
    private const int MostShards = ushort.MaxValue;

    private static readonly ConcurrentDictionary<int, ThreadTeam> Teams = new();

    private readonly TeamWaiter[] _waiters;
    private PaddedCounter _ticket; // generation << 32 | shards << 16 | next shard: one word, so that a claim is one exchange
    private PaddedCounter _done;

    // Written by the caller before the ticket that opens the work; read only after a shard of it was claimed.
    private delegate*<object?, int, void> _body;
    private object? _state;
    private ExceptionDispatchInfo? _failure;
    private long _generation;
    private int _busy;
    private int _alone;
    private long _helped;

    /// <summary>Starts the threads. Outside tests, use <see cref="Shared"/>.</summary>
    internal ThreadTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _waiters = [.. Enumerable.Range(0, threads).Select(_ => new TeamWaiter())];
        for (int thread = 1; thread < threads; thread++)
        {
            TeamWaiter waiter = _waiters[thread];
            new Thread(() => Serve(waiter)) { IsBackground = true, Name = $"Nabla worker {thread}" }.Start();
        }
    }

    /// <summary>How many threads share the work, the caller's among them.</summary>
    public int Threads => _waiters.Length;

    /// <summary>How many shards threads other than the caller's have run so far: 0 says that they never came.</summary>
    public long Helped => Volatile.Read(ref _helped);

    /// <summary>The process-wide team of that size: as many threads as asked for, even where the process may use fewer processors.</summary>
    public static ThreadTeam Shared(int threads) => Teams.GetOrAdd(threads, static count => new ThreadTeam(count));

    /// <summary>
    /// Runs <paramref name="body"/>(state, shard) for every shard and returns when all have returned. Allocates nothing. The first exception that a shard
    /// throws is thrown again here, after the other shards.
    /// </summary>
    public void Run(delegate*<object?, int, void> body, object? state, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shards, MostShards);
        if (Threads == 1 || shards < 2 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int shard = 0; shard < shards; shard++)
            {
                body(state, shard);
            }

            return;
        }

        _body = body;
        _state = state;
        _failure = null;
        Volatile.Write(ref _done.Value, 0);
        long generation = ++_generation;
        Interlocked.Exchange(ref _ticket.Value, (generation << 32) | ((long)shards << 16));
        if (_alone < PatienceAlone || generation % WakeAgainEvery == 0)
        {
            foreach (TeamWaiter waiter in _waiters)
            {
                waiter.WakeIfAsleep();
            }
        }

        int mine = Work(generation);
        _alone = mine == shards ? _alone + 1 : 0;
        _helped += shards - mine;
        _waiters[0].Wait(this, TeamCondition.Done, shards);

        ExceptionDispatchInfo? failure = _failure;
        _state = null;
        _failure = null;
        Volatile.Write(ref _busy, 0);
        failure?.Throw();
    }

    /// <summary>Runs <paramref name="body"/>(shard) for every shard. Allocates nothing if the caller keeps the delegate.</summary>
    public void Run(Action<int> body, int shards) => Run(&Invoke, body, shards);

    /// <summary>Whether what a waiter waits for has come.</summary>
    internal bool Holds(TeamCondition condition, long target) => condition == TeamCondition.Done
        ? Volatile.Read(ref _done.Value) >= target
        : Volatile.Read(ref _ticket.Value) >> 32 > target;

    private static void Invoke(object? body, int shard) => ((Action<int>)body!)(shard);

    private void Serve(TeamWaiter waiter)
    {
        for (long seen = 0; ;)
        {
            waiter.Wait(this, TeamCondition.NewWork, seen);
            seen = Volatile.Read(ref _ticket.Value) >> 32;
            Work(seen);
        }
    }

    // Takes shards of one piece of work until none is left; returns how many.
    private int Work(long generation)
    {
        int count = 0;
        while (TryClaim(generation, out int shard, out int shards))
        {
            count++;
            try
            {
                _body(_state, shard);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            }

            if (Interlocked.Increment(ref _done.Value) == shards)
            {
                _waiters[0].WakeIfAsleep();
            }
        }

        return count;
    }

    private bool TryClaim(long generation, out int shard, out int shards)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket.Value);
            shards = (int)((ticket >> 16) & MostShards);
            shard = (int)(ticket & MostShards);
            if (ticket >> 32 != generation || shard == shards)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _ticket.Value, ticket + 1, ticket) == ticket)
            {
                return true;
            }
        }
    }

    // 128 bytes before and behind, because processors fetch lines in pairs.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct PaddedCounter
    {
        [FieldOffset(128)]
        public long Value;
    }
}
