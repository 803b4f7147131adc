// Recompresses the packaged data sets with Brotli at its best setting. Called by eng/rebuild-data.sh; not part of the product.
// dotnet run eng/CompressData.cs -- SOURCE DESTINATION NAME[:PARTS]...
using System.IO.Compression;

if (args.Length < 3)
{
    Console.Error.WriteLine("usage: dotnet run eng/CompressData.cs -- SOURCE DESTINATION NAME[:PARTS]...");
    return 2;
}

// A file in parts is cut into runs of equal length, so that a loader can decode the runs at the same time: four runs of MNIST's training
// images cost 1.7 % more bytes than one, and as many cores share the decoding.
var jobs = new List<(string Target, ReadOnlyMemory<byte> Content)>();
foreach (string argument in args[2..])
{
    string[] nameAndParts = argument.Split(':');
    string name = nameAndParts[0];
    int parts = nameAndParts.Length > 1 ? int.Parse(nameAndParts[1], System.Globalization.CultureInfo.InvariantCulture) : 1;
    byte[] content = File.ReadAllBytes(Path.Combine(args[0], name));
    int run = (content.Length + parts - 1) / parts;
    for (int part = 0; part < parts; part++)
    {
        string suffix = parts > 1 ? $".{part}.br" : ".br";
        int start = part * run;
        jobs.Add((Path.Combine(args[1], name + suffix), content.AsMemory(start, Math.Min(run, content.Length - start))));
    }
}

Parallel.ForEach(jobs, job =>
{
    var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(job.Content.Length)];
    if (!BrotliEncoder.TryCompress(job.Content.Span, compressed, out int written, quality: 11, window: 24))
    {
        throw new InvalidOperationException($"{job.Target}: the compressed form did not fit {compressed.Length} bytes.");
    }

    Directory.CreateDirectory(Path.GetDirectoryName(job.Target)!);
    File.WriteAllBytes(job.Target, compressed.AsSpan(0, written));
    Console.WriteLine($"{job.Target}: {job.Content.Length} -> {written} bytes");
});
return 0;
