using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Nabla.Explain;

/// <summary>Commands about the session itself: <c>history</c>, <c>undo</c>, <c>clear</c>, <c>save</c>, <c>help</c>, <c>quit</c>.</summary>
internal static class BookCommands
{
    private static readonly string[] Pages = [".html", ".htm"];

    public static LabOutcome History(LabSession session, string text) => new(
        session.State,
        session.Cells.IsEmpty
            ? [new LabPart.Line("No cells yet.")]
            : [.. session.Cells.Select(c => (LabPart)new LabPart.Line($"[{c.Number.ToString(CultureInfo.InvariantCulture)}] {c.Input}"))]);

    public static LabOutcome Undo(LabSession session, string text)
    {
        string last = session.Undo();
        return new LabOutcome(session.State, new LabPart.Line($"Took back: {last}"));
    }

    public static LabOutcome Clear(LabSession session, string text)
    {
        session.Clear();
        return new LabOutcome(session.State, new LabPart.Line("All cells and names are forgotten."));
    }

    public static LabOutcome Save(LabSession session, string text)
    {
        string path = text.Trim().Trim('"');
        if (path.Length == 0)
        {
            throw new LabException("save: expected a file such as lab.html (a page) or session.lab (the cells), received nothing.");
        }

        bool isPage = Pages.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
        string content = isPage ? LabPage.Write(session.Cells) : session.Script;
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(content)));
        return new LabOutcome(session.State, new LabPart.Line($"Wrote {path}{(isPage ? ": one page, to be opened in any browser" : $": run it with nabla lab {path}")}"));
    }

    public static LabOutcome Help(LabSession session, string text)
    {
        if (text.Length == 0)
        {
            return new LabOutcome(
                session.State,
                new LabPart.Line("J = w**2       a formula (^ and ** are powers); w = 3 gives a value, w^2 + 1 shows and computes"),
                new LabPart.Table(["command", "", ""], [.. LabCommand.All.Select(c => (ImmutableArray<LabTerm>)[c.Name, c.Usage, c.Summary])]),
                new LabPart.Line("Cells as SymPy has them work, too: dJ_dw = sympy.diff(J, w), dJ_dw.subs([(w,2)]). Remarks begin with #."));
        }

        LabCommand command = LabCommand.Find(text) ?? throw DidYouMean.Unknown("help", text, LabCommand.All.Select(c => c.Name));
        return new LabOutcome(
            session.State,
            [
                new LabPart.Line($"{command.Name} {command.Usage}".TrimEnd()),
                new LabPart.Line($"  {command.Summary}"),
                .. command.Examples.Select(e => (LabPart)new LabPart.Line($"  try: {e}")),
            ]);
    }

    public static LabOutcome Quit(LabSession session, string text)
    {
        session.IsOver = true;
        return new LabOutcome(session.State);
    }
}
