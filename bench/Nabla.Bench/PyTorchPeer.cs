using System.Diagnostics;
using System.Globalization;

namespace Nabla.Bench;

/// <summary>A PyTorch process that measures on request, so that its runs and ours alternate in one session on one machine.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    private readonly Process _process;

    private PyTorchPeer(Process process, string version)
    {
        _process = process;
        Version = version;
    }

    /// <summary>What the peer calls itself.</summary>
    public string Version { get; }

    /// <summary>Starts the peer; null where no Python with torch is found (Debian: apt install python3-torch).</summary>
    public static PyTorchPeer? Start(string script)
    {
        foreach (string python in (string[])["/usr/bin/python3", "python3"])
        {
            try
            {
                Process process = Process.Start(new ProcessStartInfo(python, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
                if (process.StandardOutput.ReadLine() is { } version && version.StartsWith("torch", StringComparison.Ordinal))
                {
                    return new PyTorchPeer(process, version);
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // This interpreter is not installed; the next may be.
            }
        }

        return null;
    }

    /// <summary>Microseconds per training step.</summary>
    public double Measure(int threads, int steps)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{threads} {steps}"));
        _process.StandardInput.Flush();
        return double.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5000);
        _process.Dispose();
    }
}
