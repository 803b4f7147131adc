using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>Opening only what is a plain file: a folder, pipe, terminal or device given as a path is refused at once instead of hanging.</summary>
internal static partial class PlainFile
{
    /// <summary>Opens a plain file for reading.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">There is something else; the message names the path.</exception>
    internal static FileStream OpenRead(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new IOException($"Expected a file to read, received the folder '{path}'.");
        }

        var stream = new FileStream(OpenWithoutWaiting(path) ?? OpenHandle(path), FileAccess.Read, bufferSize: 1 << 16);
        if (!stream.CanSeek)
        {
            stream.Dispose();
            throw new IOException($"Expected a plain file to read, received a pipe, socket or terminal: '{path}'. Save its content to a file first.");
        }

        return stream;
    }

    /// <summary>The full path to write when the user names <paramref name="path"/>: behind symbolic links, and never a device or pipe.</summary>
    /// <exception cref="IOException">Something other than a plain file is there.</exception>
    internal static string Target(string path)
    {
        var file = new FileInfo(path);
        string target = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (Directory.Exists(target))
        {
            throw new IOException($"Could not write '{path}': it is a folder. Name a file in it.");
        }

        // Renaming a file over /dev/null would take the device away from the whole machine; /dev/shm holds plain files.
        bool device = !OperatingSystem.IsWindows()
            && target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);
        if (device || (File.Exists(target) && IsPipe(target)))
        {
            throw new IOException($"Could not write '{path}': it is a device or a pipe, not a plain file.");
        }

        return target;
    }

    /// <summary>Flushes a folder's list of names to the disk, where the system knows such a thing. Best effort: some file systems refuse.</summary>
    internal static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            using SafeFileHandle handle = new(Open(folder, Flags), ownsHandle: true);
            if (!handle.IsInvalid)
            {
                _ = Synchronize(handle);
            }
        }
    }

    private static bool IsPipe(string path)
    {
        using SafeFileHandle? handle = OpenWithoutWaiting(path);
        if (handle is null)
        {
            return false;
        }

        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        return !stream.CanSeek;
    }

    // The system's words neither say what was expected nor from which folder a relative path counts.
    private static SafeFileHandle OpenHandle(string path)
    {
        try
        {
            return File.OpenHandle(path);
        }
        catch (FileNotFoundException e)
        {
            throw new FileNotFoundException($"Expected a file to read, found none at '{path}'{From(path)}. Check the name and the folder.", path, e);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new DirectoryNotFoundException($"Expected a file to read at '{path}'{From(path)}, but there is no such folder. Check the path.", e);
        }
    }

    private static string From(string path) => Path.IsPathRooted(path) ? "" : $" from the folder '{Directory.GetCurrentDirectory()}'";

    // O_RDONLY | O_NONBLOCK | O_CLOEXEC: opening a named pipe that nobody writes to would otherwise wait for ever.
    private static int Flags => OperatingSystem.IsLinux() ? 0x800 | 0x80000 : 0x4 | 0x1000000;

    // Null where the system has no such call or refused; File.OpenHandle then finds the error and its words.
    private static SafeFileHandle? OpenWithoutWaiting(string path)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return null;
        }

        int descriptor = Open(path, Flags);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(SafeFileHandle handle);
}
