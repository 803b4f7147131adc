using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>Names for what the user did not name, as Keras makes them: <c>dense</c>, <c>dense_1</c>, counted over the whole process.</summary>
internal static class AutoName
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, int> Counts = [];

    /// <summary>The next free name for an object of a class.</summary>
    public static string Next(string className)
    {
        string name = SnakeCase(className);
        lock (Gate)
        {
            int count = Counts.GetValueOrDefault(name);
            Counts[name] = count + 1;
            return count == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}_{count}");
        }
    }

    /// <summary>Starts counting from the beginning.</summary>
    public static void Reset()
    {
        lock (Gate)
        {
            Counts.Clear();
        }
    }

    /// <summary>
    /// <c>MaxPooling2D</c> becomes <c>max_pooling2d</c>, <c>ReLU</c> <c>re_lu</c>, <c>LSTM</c> <c>lstm</c>: an underscore before a capital
    /// that a small letter follows, and between a small letter or digit's end and a capital.
    /// </summary>
    public static string SnakeCase(string className)
    {
        StringBuilder name = new();
        for (int i = 0; i < className.Length; i++)
        {
            char c = className[i];
            bool capitalAfterSmall = i > 0 && char.IsUpper(c) && char.IsLower(className[i - 1]);
            bool capitalBeforeSmall = i > 0 && char.IsUpper(c) && i + 1 < className.Length && char.IsLower(className[i + 1]);
            if (capitalAfterSmall || capitalBeforeSmall)
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }
}
