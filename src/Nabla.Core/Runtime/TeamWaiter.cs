using System.Diagnostics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>What a member of a <see cref="ThreadTeam"/> waits for.</summary>
internal enum TeamCondition
{
    /// <summary>A worker: a piece of work later than the last one seen.</summary>
    NewWork,

    /// <summary>The caller: the end of all shards.</summary>
    Done,
}

/// <summary>
/// One team member's way to wait: spin for some tens of microseconds, then offer the processor to others, then sleep until woken.
/// </summary>
/// <remarks>
/// Spinning answers in about 0.1 microseconds but is worse than useless where the partner needs this very processor (an affinity mask, a quota,
/// a busy neighbour): two spinning threads confined to one core were measured at a thousand times the cost of one. So a waiter that spun in vain
/// several times in a row goes straight to yielding, and tries a spin again only now and then.
/// </remarks>
internal sealed class TeamWaiter
{
    private const int PatienceInVain = 3;
    private const int TryAgainEvery = 64;
    private static readonly long SpinTicks = Stopwatch.Frequency * 30 / 1_000_000;
    private static readonly long YieldTicks = Stopwatch.Frequency * 100 / 1_000_000;

    private readonly object _gate = new();
    private int _asleep;
    private int _spunInVain;
    private int _skipped;

    /// <summary>Returns when the condition holds. Only the member that this waiter belongs to may call it.</summary>
    public void Wait(ThreadTeam team, TeamCondition condition, long target)
    {
        if (team.Holds(condition, target) || Spin(team, condition, target) || Yield(team, condition, target))
        {
            return;
        }

        while (!team.Holds(condition, target))
        {
            // Announce the sleep, then look once more: whoever makes the condition true does so first and looks at the announcement after,
            // so one of the two sees the other.
            Interlocked.Exchange(ref _asleep, 1);
            if (team.Holds(condition, target))
            {
                Interlocked.Exchange(ref _asleep, 0);
                return;
            }

            lock (_gate)
            {
                while (Volatile.Read(ref _asleep) != 0)
                {
                    Monitor.Wait(_gate);
                }
            }
        }
    }

    /// <summary>To be called after making a condition true that this waiter may be waiting for.</summary>
    public void WakeIfAsleep()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _asleep) != 0 && Interlocked.Exchange(ref _asleep, 0) != 0)
        {
            lock (_gate)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    private bool Spin(ThreadTeam team, TeamCondition condition, long target)
    {
        if (_spunInVain >= PatienceInVain && ++_skipped % TryAgainEvery != 0)
        {
            return false;
        }

        long end = Stopwatch.GetTimestamp() + SpinTicks;
        do
        {
            for (int i = 0; i < 16; i++)
            {
                Pause();
                if (team.Holds(condition, target))
                {
                    _spunInVain = 0;
                    return true;
                }
            }
        }
        while (Stopwatch.GetTimestamp() < end);

        _spunInVain++;
        return false;
    }

    private static bool Yield(ThreadTeam team, TeamCondition condition, long target)
    {
        long end = Stopwatch.GetTimestamp() + YieldTicks;
        do
        {
            Thread.Yield();
            if (team.Holds(condition, target))
            {
                return true;
            }
        }
        while (Stopwatch.GetTimestamp() < end);

        return false;
    }

    private static void Pause()
    {
        if (X86Base.IsSupported)
        {
            X86Base.Pause();
        }
        else
        {
            Thread.SpinWait(1);
        }
    }
}
