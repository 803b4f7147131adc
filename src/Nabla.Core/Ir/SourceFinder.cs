using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Finds the line of code, outside this library, that asks for a value: the innermost such frame of the stack of which the file is known.</summary>
/// <remarks>Files and lines are read once a call site: walking a stack is quick, reading its lines is not.</remarks>
internal sealed class SourceFinder
{
    private static readonly string[] _own = ["Nabla", "Nabla.Core", "Nabla.Data", "Nabla.Explain", "Nabla.Extensions.DependencyInjection", "Nabla.Cli"];

    private readonly Dictionary<(string Method, int Offset), SourceLine?> _known = [];
    private readonly int _floor;

    /// <summary>A finder of lines.</summary>
    /// <param name="aboveCaller">
    /// Whether only code counts that is called by the method two frames up, the caller of <see cref="GraphBuilder.RecordSourceInside"/>.
    /// </param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public SourceFinder(bool aboveCaller) => _floor = aboveCaller ? new StackTrace(2, fNeedFileInfo: false).FrameCount : 0;

    /// <summary>The line that is running; null where no frame's file is known.</summary>
    public SourceLine? Here()
    {
        StackTrace stack = new(0, fNeedFileInfo: false);
        for (int i = 1; i < stack.FrameCount - _floor; i++)
        {
            if (stack.GetFrame(i) is not { } frame || DiagnosticMethodInfo.Create(frame) is not { } method || IsOwn(method.DeclaringAssemblyName))
            {
                continue;
            }

            var site = ($"{method.DeclaringAssemblyName} {method.DeclaringTypeName} {method.Name}", frame.GetNativeOffset());
            if (!_known.TryGetValue(site, out SourceLine? line))
            {
                _known[site] = line = Read(new StackFrame(i, needFileInfo: true));
            }

            if (line is not null)
            {
                return line;
            }
        }

        return null;
    }

    private static SourceLine? Read(StackFrame frame) => frame.GetFileName() is { } file && frame.GetFileLineNumber() > 0 ? new SourceLine(file, frame.GetFileLineNumber()) : null;

    private static bool IsOwn(string assembly)
    {
        ReadOnlySpan<char> name = assembly.AsSpan();
        name = name[..(name.IndexOf(',') is >= 0 and int comma ? comma : name.Length)];
        return _own.Contains(name.ToString());
    }
}
