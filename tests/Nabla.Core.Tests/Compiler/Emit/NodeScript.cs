using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Nabla.Core.Tests.Compiler.Emit;

/// <summary>Runs printed JavaScript in one node process that all tests share. Numbers travel as their bits.</summary>
internal static class NodeScript
{
    private const string Driver = """
        const lines = require('node:readline').createInterface({ input: process.stdin });
        lines.on('line', (line) => {
          let reply;
          try {
            const job = JSON.parse(line);
            const f = new Function('"use strict";' + job.source + '\nreturn ' + job.name + ';')();
            const inputs = job.inputs.map((i) => {
              const bytes = Uint8Array.from(Buffer.from(i.bits, 'base64'));
              return globalThis[i.array].from(new Float64Array(bytes.buffer));
            });
            const result = job.scalar ? f(...inputs.map((i) => i[0])) : f(inputs);
            const outputs = job.scalar ? Object.values(result).map((v) => [v]) : result;
            reply = {
              names: Object.keys(result),
              outputs: outputs.map((o) => Buffer.from(Float64Array.from(o, Number).buffer).toString('base64')),
            };
          } catch (e) {
            reply = { error: String(e) };
          }
          process.stdout.write(JSON.stringify(reply) + '\n');
        });
        """;

    private static readonly Lock Gate = new();
    private static readonly Lazy<Process?> Node = new(Start);

    /// <summary>The outputs of a printed program, flat and as doubles.</summary>
    public static double[][] Run(string source, string name, params NDArray[] inputs) => Ask(source, name, inputs, isScalar: false).Select(o => o.Values).ToArray();

    /// <summary>The outputs of a printed function of scalars by name.</summary>
    public static Dictionary<string, double> Call(string source, string name, params double[] arguments) =>
        Ask(source, name, [.. arguments.Select(a => (NDArray)a)], isScalar: true).ToDictionary(o => o.Name, o => o.Values[0]);

    private static List<(string Name, double[] Values)> Ask(string source, string name, NDArray[] inputs, bool isScalar)
    {
        Assert.SkipWhen(Node.Value is null, "node is not on this machine: printed JavaScript was not run.");
        string job = JsonSerializer.Serialize(new
        {
            source,
            name,
            scalar = isScalar,
            inputs = inputs.Select(a => new { array = Array(a.DType), bits = Convert.ToBase64String(MemoryMarshal.AsBytes(a.AsType(DType.Float64).AsSpan<double>())) }),
        });
        string reply;
        lock (Gate)
        {
            Node.Value!.StandardInput.WriteLine(job);
            Node.Value.StandardInput.Flush();
            reply = Node.Value.StandardOutput.ReadLine() ?? throw new InvalidOperationException("node: the process ended.");
        }

        using JsonDocument document = JsonDocument.Parse(reply);
        if (document.RootElement.TryGetProperty("error", out JsonElement error))
        {
            throw new InvalidOperationException($"node: {error.GetString()} in\n{source}");
        }

        return [.. document.RootElement.GetProperty("names").EnumerateArray().Zip(document.RootElement.GetProperty("outputs").EnumerateArray())
            .Select(o => (o.First.GetString()!, MemoryMarshal.Cast<byte, double>(o.Second.GetBytesFromBase64()).ToArray()))];
    }

    private static string Array(DType dtype) => dtype switch
    {
        DType.Boolean or DType.UInt8 => "Uint8Array",
        DType.Int32 => "Int32Array",
        _ => "Float64Array",
    };

    private static Process? Start()
    {
        try
        {
            Process? node = Process.Start(new ProcessStartInfo("node", ["-e", Driver]) { RedirectStandardInput = true, RedirectStandardOutput = true });
            AppDomain.CurrentDomain.ProcessExit += (_, _) => node?.Kill();
            return node;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
