using System.Xml.Linq;

namespace Nabla.Explain.Tests.Page;

/// <summary>The pictures of the tutorial are drawn by the product, and stand in the documents as they are drawn now.</summary>
public sealed class PictureTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "docs", "tutorial", "pictures");

    [Theory]
    [Trait("Lesson", "L7")]
    [InlineData("small")]
    [InlineData("larger")]
    [InlineData("mazur")]
    public void A_picture_of_the_tutorial_is_what_is_drawn(string lesson)
    {
        string path = Path.Combine(Folder, $"{lesson}.svg");
        string drawn = Lessons.Named(lesson).Trace().ToSvg();
        if (Environment.GetEnvironmentVariable("NABLA_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, drawn);
            return;
        }

        Assert.Equal(File.ReadAllText(path), drawn);
    }

    [Fact]
    public void A_picture_is_well_formed_and_tells_its_values()
    {
        XDocument picture = XDocument.Parse(Lessons.Named("small").Trace().ToSvg());
        string[] texts = [.. picture.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.Contains("−4", texts);
        Assert.Equal(XNamespace.Get("http://www.w3.org/2000/svg"), picture.Root!.Name.Namespace);
    }
}
