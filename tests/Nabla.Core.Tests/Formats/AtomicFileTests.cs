using System.Diagnostics;
using System.Text;

namespace Nabla.Core.Tests.Formats;

public sealed class AtomicFileTests
{
    private readonly string _folder = StoredFiles.TemporaryFolder();

    [Fact]
    public void A_new_file_has_what_was_written()
    {
        AtomicFile.Write(At("a"), s => s.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(At("a")));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void An_old_file_is_replaced_and_keeps_its_permissions()
    {
        File.WriteAllText(At("a"), "old and longer");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At("a"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        AtomicFile.Write(At("a"), s => s.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(At("a")));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(At("a")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void A_failure_halfway_leaves_the_old_file_and_no_other()
    {
        File.WriteAllText(At("a"), "old");
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(At("a"), s =>
        {
            s.Write(new byte[100_000]);
            throw new IOException("No space left on device");
        }));
        Assert.Contains($"'{At("a")}': No space left", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(At("a")));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void An_exception_of_the_writer_itself_comes_through()
    {
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(At("a"), _ => throw new InvalidOperationException()));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        string path = Path.Combine(_folder, "nowhere", "a");
        var error = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(path, _ => { }));
        Assert.Contains($"'{path}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_not_a_file_to_write_or_read()
    {
        Assert.Contains("folder", Assert.Throws<IOException>(() => AtomicFile.Write(_folder, _ => { })).Message, StringComparison.Ordinal);
        Assert.Contains("folder", Assert.Throws<IOException>(() => PlainFile.OpenRead(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_followed_and_stays_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege there.");
        File.WriteAllText(At("target"), "old");
        File.CreateSymbolicLink(At("link"), At("target"));
        AtomicFile.Write(At("link"), s => s.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(At("target")));
        Assert.NotNull(new FileInfo(At("link")).LinkTarget);
    }

    [Fact]
    public void A_link_to_itself_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege there.");
        File.CreateSymbolicLink(At("loop"), At("loop"));
        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(At("loop"), _ => { }));
        Assert.ThrowsAny<IOException>(() => NpyFile.Read(At("loop")));
    }

    [Fact]
    public void A_device_is_never_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /dev there.");
        Assert.Contains("device", Assert.Throws<IOException>(() => AtomicFile.Write("/dev/null", _ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_device_reads_as_an_empty_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /dev there.");
        Assert.Throws<MalformedFileException>(() => NpyFile.Read("/dev/zero"));
    }

    [Fact]
    public void A_pipe_that_nobody_writes_to_is_refused_without_waiting()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Named pipes have no place in folders there.");
        using (Process mkfifo = Process.Start("mkfifo", [At("pipe")]))
        {
            mkfifo.WaitForExit();
        }

        Assert.Contains("pipe", Assert.Throws<IOException>(() => NpyFile.Read(At("pipe"))).Message, StringComparison.Ordinal);
        Assert.Contains("pipe", Assert.Throws<IOException>(() => AtomicFile.Write(At("pipe"), _ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("nothing.npy", Assert.Throws<FileNotFoundException>(() => NpyFile.Read(At("nothing.npy"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_as_long_as_the_system_allows_are_written()
    {
        string path = At(new string('x', 250) + "é");
        AtomicFile.Write(path, s => s.Write(Encoding.UTF8.GetBytes("ok")));
        Assert.Equal("ok", File.ReadAllText(path));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
