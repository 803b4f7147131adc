namespace Nabla.Core.Tests.Runtime;

/// <summary>Not in parallel with other tests: one of them counts the allocations of the whole process.</summary>
[CollectionDefinition(nameof(ThreadTeamTests), DisableParallelization = true)]
[Collection(nameof(ThreadTeamTests))]
public sealed unsafe class ThreadTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_worker_runs_exactly_once(int workers)
    {
        ThreadTeam team = new(workers);
        for (int round = 0; round < 200; round++)
        {
            int[] calls = new int[workers];
            team.Run((worker, count) =>
            {
                Assert.Equal(workers, count);
                Interlocked.Increment(ref calls[worker]);
            });
            Assert.All(calls, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void The_caller_is_worker_0_and_the_others_are_background_threads()
    {
        ThreadTeam team = new(3);
        Thread[] threads = new Thread[3];
        team.Run((worker, _) => threads[worker] = Thread.CurrentThread);
        Assert.Same(Thread.CurrentThread, threads[0]);
        Assert.Equal(3, threads.Distinct().Count());
        Assert.All(threads[1..], thread => Assert.True(thread.IsBackground));
    }

    [Fact]
    public void Work_given_after_the_workers_fell_asleep_is_done()
    {
        ThreadTeam team = new(2);
        int done = 0;
        for (int round = 0; round < 5; round++)
        {
            team.Run((_, _) => Interlocked.Increment(ref done));
            Thread.Sleep(20);
        }

        Assert.Equal(10, done);
    }

    [Fact]
    public void A_slow_worker_is_waited_for()
    {
        ThreadTeam team = new(2);
        bool finished = false;
        team.Run((worker, _) =>
        {
            if (worker == 1)
            {
                Thread.Sleep(30);
                finished = true;
            }
        });
        Assert.True(finished);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_exception_of_any_worker_reaches_the_caller_and_the_team_lives_on(int thrower)
    {
        ThreadTeam team = new(3);
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => team.Run((worker, _) =>
        {
            if (worker == thrower)
            {
                throw new InvalidOperationException($"from worker {worker}");
            }
        }));
        Assert.Equal($"from worker {thrower}", thrown.Message);

        int done = 0;
        team.Run((_, _) => Interlocked.Increment(ref done));
        Assert.Equal(3, done);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void After_a_barrier_everyone_sees_what_the_others_wrote(int workers)
    {
        ThreadTeam team = new(workers);
        int[] values = new int[workers];
        int wrong = 0;
        team.Run((worker, count) =>
        {
            for (int phase = 1; phase <= 300; phase++)
            {
                values[worker] = phase;
                team.Barrier(worker, count);
                Interlocked.Add(ref wrong, values.All(value => value == phase) ? 0 : 1);
                team.Barrier(worker, count);
            }
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_worker_that_fails_before_a_barrier_does_not_leave_the_others_waiting()
    {
        ThreadTeam team = new(3);
        FormatException thrown = Assert.Throws<FormatException>(() => team.Run((worker, count) =>
        {
            if (worker == 1)
            {
                Thread.Sleep(10);
                throw new FormatException("the cause");
            }

            team.Barrier(worker, count);
        }));
        Assert.Equal("the cause", thrown.Message);
    }

    [Fact]
    public void A_call_from_inside_a_call_runs_alone_on_its_caller()
    {
        ThreadTeam team = new(2);
        int inner = 0;
        team.Run((_, _) => team.Run((worker, count) =>
        {
            Assert.Equal((0, 1), (worker, count));
            team.Barrier(worker, count);
            Interlocked.Increment(ref inner);
        }));
        Assert.Equal(2, inner);
    }

    [Fact]
    public void Many_threads_may_use_one_team_at_once()
    {
        ThreadTeam team = new(2);
        int shards = 0;
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int round = 0; round < 200; round++)
            {
                team.Run((worker, workers) =>
                {
                    for (int shard = worker; shard < 5; shard += workers)
                    {
                        Interlocked.Increment(ref shards);
                    }
                });
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        Assert.Equal(4 * 200 * 5, shards);
    }

    [Fact]
    public void A_shared_team_is_one_per_size_and_never_larger_than_the_processors()
    {
        Assert.Same(ThreadTeam.Shared(2), ThreadTeam.Shared(2));
        Assert.Equal(1, ThreadTeam.Shared(0).Workers);
        Assert.Equal(Math.Min(2, Environment.ProcessorCount), ThreadTeam.Shared(2).Workers);
        Assert.Equal(Environment.ProcessorCount, ThreadTeam.Shared(10_000).Workers);
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        ThreadTeam team = new(2);
        object state = new();
        Action<int, int> kept = (_, _) => { };
        static void Body(object? state, int worker, int workers) => GC.KeepAlive(state);

        // The test framework may allocate beside us now and then; a run that allocated would do so every time.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 20 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int round = 0; round < 50; round++)
            {
                team.Run(&Body, state);
                team.Run(kept);
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }
}
