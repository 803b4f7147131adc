namespace Nabla.Explain.Tests.Scripts;

/// <summary>The types that scripts state in their comments are true: the scripts of each page are read together, as the page holds them.</summary>
public sealed class TypeTests
{
    private static readonly Dictionary<string, (string Name, string Text)[]> Pages = new()
    {
        ["explain"] = [Declared("page.d.ts"), .. PageFile.Scripts.Select(Shared)],
        ["replay"] = [.. ReplayPage.Scripts.Select(Shared)],
        ["draw a seven"] = [Declared("draw-seven.d.ts"), .. DrawSevenPage.Scripts.Select(s => (s, DrawSevenPage.Asset(s)))],
    };

    public static TheoryData<string> Names => [.. Pages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Types_of_a_pages_scripts_are_true(string page)
    {
        Assert.SkipWhen(TypeChecker.Machine() is null, "TypeScript's compiler does not come for this kind of machine.");
        Assert.Equal("", await TypeChecker.CheckAsync(Pages[page]));
    }

    [Theory]
    [InlineData("explain", "numbers.js", "digits('2')", "numbers.js(82,8): error TS2345: Argument of type 'string' is not assignable to parameter of type 'number'.")]
    [InlineData("explain", "start.js", "program.run(1)", "start.js(22,13): error TS2345: Argument of type 'number' is not assignable to parameter of type 'ArrayLike<number>[]'.")]
    [InlineData("replay", "training/player.js", "go(replay.iterations())", "error TS2551: Property 'iterations' does not exist on type")]
    [InlineData("draw a seven", "main.js", "network.undo().before", "error TS2532: Object is possibly 'undefined'.")]
    [InlineData("draw a seven", "unit.js", "look(pixels, 1)", "error TS2554: Expected 1 arguments, but got 2.")]
    public async Task An_error_of_types_is_found(string page, string script, string planted, string error)
    {
        Assert.SkipWhen(TypeChecker.Machine() is null, "TypeScript's compiler does not come for this kind of machine.");
        string said = await TypeChecker.CheckAsync(Pages[page].Select(s => s.Name == script ? s with { Text = s.Text + planted + ";\n" } : s));
        Assert.Contains(error, said, StringComparison.Ordinal);
        Assert.All(said.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith(script, line, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_script_belongs_to_a_page_and_no_line_of_it_is_left_unchecked()
    {
        string[] embedded = [.. typeof(PageFile).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".js", StringComparison.Ordinal))];
        string[] held = [.. Pages.Values.SelectMany(p => p.Select(s => s.Name)).Where(n => n.EndsWith(".js", StringComparison.Ordinal))];
        Assert.All(embedded, name => Assert.Contains(held, h => name == $"page/{h}" || name == $"Nabla.Explain.DrawSeven.Assets.{h}"));
        Assert.All(Pages.Values.SelectMany(p => p), script => Assert.DoesNotMatch(@"@ts-(ignore|nocheck|expect-error)|\{any\}", script.Text));
    }

    private static (string Name, string Text) Shared(string name) => ($"{name}.js", PageFile.Resource($"{name}.js"));

    private static (string Name, string Text) Declared(string name)
    {
        using StreamReader reader = new(typeof(TypeTests).Assembly.GetManifestResourceStream($"scripts/{name}")!);
        return (name, reader.ReadToEnd());
    }
}
