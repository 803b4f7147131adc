namespace Nabla.Core.Tests.Runtime;

/// <summary>Not in parallel with other tests: one of them counts the allocations of the whole process.</summary>
[CollectionDefinition(nameof(ThreadTeamTests), DisableParallelization = true)]
[Collection(nameof(ThreadTeamTests))]
public sealed unsafe class ThreadTeamTests
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 2)]
    [InlineData(3, 7)]
    [InlineData(8, 100)]
    public void Every_shard_runs_exactly_once(int threads, int shards)
    {
        ThreadTeam team = new(threads);
        for (int round = 0; round < 500; round++)
        {
            int[] calls = new int[shards];
            team.Run(shard => Interlocked.Increment(ref calls[shard]), shards);
            Assert.All(calls, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void What_any_thread_wrote_is_seen_after_the_run()
    {
        ThreadTeam team = new(4);
        int[] values = new int[64];
        for (int round = 1; round <= 500; round++)
        {
            team.Run(shard => values[shard] = round, values.Length);
            Assert.All(values, value => Assert.Equal(round, value));
        }
    }

    [Fact]
    public void Other_threads_take_shards_while_the_caller_is_busy_with_one()
    {
        ThreadTeam team = new(2);
        using ManualResetEventSlim other = new();
        int caller = Environment.CurrentManagedThreadId;
        bool sawOther = false;

        // The caller's shard ends only when another thread has run one: with the caller alone this could not end.
        team.Run(
            _ =>
            {
                if (Environment.CurrentManagedThreadId == caller)
                {
                    other.Wait(TestContext.Current.CancellationToken);
                }
                else
                {
                    sawOther = Thread.CurrentThread.IsBackground;
                    other.Set();
                }
            },
            2);
        Assert.True(sawOther);
        Assert.Equal(1, team.Helped);
    }

    [Fact]
    public void Work_given_after_the_workers_fell_asleep_is_done()
    {
        ThreadTeam team = new(2);
        int done = 0;
        for (int round = 0; round < 5; round++)
        {
            team.Run(_ => Interlocked.Increment(ref done), 2);
            Thread.Sleep(20);
        }

        Assert.Equal(10, done);
    }

    [Fact]
    public void A_slow_shard_is_waited_for()
    {
        ThreadTeam team = new(2);
        int finished = 0;
        team.Run(
            _ =>
            {
                Thread.Sleep(30);
                Interlocked.Increment(ref finished);
            },
            3);
        Assert.Equal(3, finished);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_exception_of_any_shard_reaches_the_caller_and_the_team_lives_on(int thrower)
    {
        ThreadTeam team = new(3);
        int done = 0;
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => team.Run(
            shard =>
            {
                if (shard == thrower)
                {
                    throw new InvalidOperationException($"from shard {shard}");
                }

                Interlocked.Increment(ref done);
            },
            3));
        Assert.Equal($"from shard {thrower}", thrown.Message);
        Assert.Equal(2, done);

        team.Run(_ => Interlocked.Increment(ref done), 3);
        Assert.Equal(5, done);
    }

    [Fact]
    public void A_call_from_inside_a_call_runs_alone_on_its_caller()
    {
        ThreadTeam team = new(2);
        int inner = 0;
        team.Run(
            _ =>
            {
                int thread = Environment.CurrentManagedThreadId;
                team.Run(
                    _ =>
                    {
                        Assert.Equal(thread, Environment.CurrentManagedThreadId);
                        Interlocked.Increment(ref inner);
                    },
                    3);
            },
            2);
        Assert.Equal(6, inner);
    }

    [Fact]
    public void Many_threads_may_use_one_team_at_once()
    {
        ThreadTeam team = new(2);
        int shards = 0;
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int round = 0; round < 500; round++)
            {
                team.Run(_ => Interlocked.Increment(ref shards), 5);
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        Assert.Equal(4 * 500 * 5, shards);
    }

    [Fact]
    public void A_shared_team_is_one_per_size_and_as_large_as_asked_for()
    {
        Assert.Same(ThreadTeam.Shared(2), ThreadTeam.Shared(2));
        Assert.Equal(Environment.ProcessorCount + 1, ThreadTeam.Shared(Environment.ProcessorCount + 1).Threads);
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        ThreadTeam team = new(2);
        object state = new();
        Action<int> kept = _ => { };
        static void Body(object? state, int shard) => GC.KeepAlive(state);

        // The test framework may allocate beside us now and then; a run that allocated would do so every time.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 20 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int round = 0; round < 50; round++)
            {
                team.Run(&Body, state, 4);
                team.Run(kept, 4);
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }
}
