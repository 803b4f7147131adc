using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// A few persistent threads that run one function together, for forks so short that the thread pool would cost more than they take.
/// The caller is worker 0; the others are background threads that sleep while nobody calls. Nobody disposes a team.
/// </summary>
/// <remarks>
/// <para>Work is split by the function itself, from (worker, workers), so the split is static. A result must not depend on it: give each worker
/// whole output tiles, or loop over a fixed number of logical shards (<c>for s = worker; s &lt; shards; s += workers</c>).</para>
/// <para>A team that is busy (a second thread calls, or a function calls its own team) does not queue: the second call runs alone on its caller, as
/// worker 0 of 1.</para>
/// <para>How the threads meet: counters on cache lines of their own. Waiting is <see cref="TeamWaiter"/>'s business.</para>
/// </remarks>
internal sealed unsafe class ThreadTeam
{
    private static readonly ConcurrentDictionary<int, ThreadTeam> Teams = new();

    // By worker: the last generation of work that it finished.
    private readonly PaddedCounter[] _finished;
    private readonly TeamWaiter[] _waiters;
    private PaddedCounter _generation;
    private PaddedCounter _arrivals;

    // Written by the caller before it raises the generation, read by the workers after they saw it rise.
    private delegate*<object?, int, int, void> _body;
    private object? _state;
    private ExceptionDispatchInfo? _failure;
    private int _busy;

    /// <summary>Starts the threads. Outside tests, use <see cref="Shared"/>.</summary>
    internal ThreadTeam(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        Workers = workers;
        _finished = new PaddedCounter[workers];
        _waiters = new TeamWaiter[workers];
        for (int worker = 0; worker < workers; worker++)
        {
            _waiters[worker] = new TeamWaiter();
            if (worker > 0)
            {
                int index = worker;
                new Thread(() => Serve(index)) { IsBackground = true, Name = $"Nabla worker {worker}" }.Start();
            }
        }
    }

    /// <summary>How many threads run a function, the caller's among them.</summary>
    public int Workers { get; }

    /// <summary>
    /// The process-wide team of that size. No team is larger than the number of processors that the process may use (affinity and container quota count):
    /// more threads would only wait for each other.
    /// </summary>
    public static ThreadTeam Shared(int threads)
        => Teams.GetOrAdd(Math.Clamp(threads, 1, Environment.ProcessorCount), static count => new ThreadTeam(count));

    /// <summary>
    /// Runs <paramref name="body"/>(state, worker, workers) on every worker and returns when all have returned. Allocates nothing. The first exception
    /// thrown by a worker is thrown again here.
    /// </summary>
    public void Run(delegate*<object?, int, int, void> body, object? state)
    {
        if (Workers == 1 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            body(state, 0, 1);
            return;
        }

        _body = body;
        _state = state;
        _failure = null;
        _arrivals.Value = 0;
        long generation = _generation.Value + 1;
        Volatile.Write(ref _generation.Value, generation);
        WakeOthers(0);

        Execute(0);
        _waiters[0].Wait(this, TeamCondition.AllFinished, generation);

        ExceptionDispatchInfo? failure = _failure;
        _state = null;
        _failure = null;
        Volatile.Write(ref _busy, 0);
        failure?.Throw();
    }

    /// <summary>Runs <paramref name="body"/>(worker, workers) on every worker. Allocates nothing if the caller keeps the delegate.</summary>
    public void Run(Action<int, int> body) => Run(&Invoke, body);

    /// <summary>
    /// Waits until every worker of the function that is running came here: what each wrote before is visible to all after. To be called by all of them or
    /// none, with the number of workers that the function received (1 where the team was busy, and then there is nothing to wait for).
    /// </summary>
    /// <exception cref="OperationCanceledException">Another worker threw, so it will never come; its exception reaches the caller of Run.</exception>
    public void Barrier(int worker, int workers)
    {
        if (workers == 1)
        {
            return;
        }

        long ticket = Interlocked.Increment(ref _arrivals.Value);
        long target = (ticket + workers - 1) / workers * workers;
        if (ticket == target)
        {
            WakeOthers(worker);
        }
        else
        {
            _waiters[worker].Wait(this, TeamCondition.Arrived, target);
        }

        if (Volatile.Read(ref _arrivals.Value) < target)
        {
            throw new OperationCanceledException("ThreadTeam: another worker failed before the barrier.");
        }
    }

    /// <summary>Whether what a waiter waits for has come.</summary>
    internal bool Holds(TeamCondition condition, long target) => condition switch
    {
        TeamCondition.Started => Volatile.Read(ref _generation.Value) >= target,
        TeamCondition.AllFinished => AllFinished(target),
        _ => Volatile.Read(ref _arrivals.Value) >= target || Volatile.Read(ref _failure) is not null,
    };

    private static void Invoke(object? body, int worker, int workers) => ((Action<int, int>)body!)(worker, workers);

    private void Serve(int worker)
    {
        for (long generation = 1; ; generation++)
        {
            _waiters[worker].Wait(this, TeamCondition.Started, generation);
            Execute(worker);
            Volatile.Write(ref _finished[worker].Value, generation);
            _waiters[0].WakeIfAsleep();
        }
    }

    private void Execute(int worker)
    {
        try
        {
            _body(_state, worker, Workers);
        }
        catch (Exception exception)
        {
            // The first failure is the one to report; those that it causes at barriers come later.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            WakeOthers(worker);
        }
    }

    private bool AllFinished(long generation)
    {
        for (int worker = 1; worker < _finished.Length; worker++)
        {
            if (Volatile.Read(ref _finished[worker].Value) < generation)
            {
                return false;
            }
        }

        return true;
    }

    private void WakeOthers(int self)
    {
        for (int worker = 0; worker < _waiters.Length; worker++)
        {
            if (worker != self)
            {
                _waiters[worker].WakeIfAsleep();
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
