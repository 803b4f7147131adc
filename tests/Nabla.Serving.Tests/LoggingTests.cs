using Microsoft.Extensions.Logging;

namespace Nabla.Serving.Tests;

/// <summary>A training in the application's log.</summary>
public sealed class LoggingTests
{
    [Fact]
    public void Beginning_epochs_and_end_of_a_training_are_logged()
    {
        Lines log = new();
        Sequential model = new([new Input(1), new Dense(1)], name: "line", seed: 1);
        model.Compile("sgd", "mse", verbose: 0);
        model.Fit(new float[,] { { 1 }, { 2 } }, new float[] { 1, 2 }, epochs: 2, verbose: 0, callbacks: [new LoggingCallback(log)]);
        Assert.Equal("Training of line begins: 2 epochs", log.Written[0]);
        Assert.StartsWith("line: epoch 1 of 2: loss ", log.Written[1], StringComparison.Ordinal);
        Assert.StartsWith("line: epoch 2 of 2: loss ", log.Written[2], StringComparison.Ordinal);
        Assert.StartsWith("Training of line has ended: loss ", log.Written[3], StringComparison.Ordinal);
        Assert.Equal(4, log.Written.Count);
    }

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
