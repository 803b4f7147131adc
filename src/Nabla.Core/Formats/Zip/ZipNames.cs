using System.Globalization;

namespace Nabla;

/// <summary>Which member names are taken. Members are read by exact name and never unpacked to a folder; strange names are refused all the same.</summary>
internal static class ZipNames
{
    /// <summary>What is wrong with a name, or null.</summary>
    internal static string? Problem(string name)
    {
        if (name.Length == 0 || name.Length > 1024)
        {
            return "its name is empty or longer than 1024 characters";
        }

        if (name.Contains('\\', StringComparison.Ordinal) || (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0])))
        {
            return "its name is a path of Windows";
        }

        string[] parts = name.TrimEnd('/').Split('/');
        if (name.EndsWith("//", StringComparison.Ordinal) || parts.Any(p => p is "" or "." or ".."))
        {
            return "its name leads out of the file (it is absolute, or has an empty, '.' or '..' part)";
        }

        foreach (char c in name)
        {
            // Control, invisible and direction-changing characters make two names look alike.
            if (char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                return $"its name has the character U+{(int)c:X4}";
            }
        }

        return null;
    }

    /// <summary>The same for names that differ only in how Unicode writes them (full-width letters, combined accents).</summary>
    internal static string Key(string name) => name.Normalize(System.Text.NormalizationForm.FormKC);
}
