using System.Text;

namespace Nabla;

/// <summary>Writes formulas of any depth: a printer says how one formula is written over its parts, and the walk is here.</summary>
/// <param name="who">Named in errors.</param>
internal abstract class FormulaPrinter(string who)
{
    /// <summary>Text, or a formula that is still to be written.</summary>
    /// <param name="Formula">What is to be written; null for text.</param>
    /// <param name="Rank">How tightly the place binds.</param>
    /// <param name="WithoutSign">The minus that the formula begins with was written already, as an operator.</param>
    /// <param name="Text">The text.</param>
    protected readonly record struct Part(Formula? Formula, int Rank = 0, bool WithoutSign = false, string Text = "")
    {
        public static implicit operator Part(string text) => new(null, 0, false, text);
    }

    /// <summary>The text of a formula.</summary>
    /// <exception cref="InvalidOperationException">The text would be longer.</exception>
    public string Print(Formula formula, int longest)
    {
        // What is still to be written, last first. Iterative: a formula may be as deep as a graph is long.
        Stack<Part> parts = new([new Part(formula)]);
        StringBuilder text = new();
        while (parts.TryPop(out Part part))
        {
            if (part.Formula is null)
            {
                text.Append(part.Text);
            }
            else
            {
                Part[] written = Write(part);
                for (int i = written.Length - 1; i >= 0; i--)
                {
                    parts.Push(written[i]);
                }
            }

            // A formula that is shared at every step holds back more parts than characters.
            if (text.Length > longest || parts.Count > longest)
            {
                throw new InvalidOperationException($"{who}: expected a formula of at most {longest} characters. Name intermediates and print them one by one.");
            }
        }

        return text.ToString();
    }

    /// <summary>One formula over its parts, with parentheses where its place asks for them.</summary>
    protected abstract Part[] Write(Part part);
}
