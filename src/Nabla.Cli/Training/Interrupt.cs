using System.Runtime.InteropServices;

namespace Nabla.Cli.Training;

/// <summary>While it lives, the first Ctrl-C asks for an orderly end; the second ends the process as ever.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _registration;

    /// <summary>Begins to listen.</summary>
    public Interrupt() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
    {
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    });

    /// <summary>Cancelled by Ctrl-C.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
