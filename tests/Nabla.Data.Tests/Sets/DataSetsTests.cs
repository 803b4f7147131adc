namespace Nabla.Data.Tests.Sets;

public sealed class DataSetsTests
{
    public static TheoryData<string> Names => [.. DataSets.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_set_knows_its_name_creators_licence_and_source(string name)
    {
        DataSet set = DataSets.Load(name);
        Assert.Equal(name, set.Name);
        Assert.Contains("CC BY", set.Attribution.Licence, StringComparison.Ordinal);
        Assert.Contains(set.Attribution.Creators, set.Attribution.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(set.Attribution.Source);
        Assert.NotEmpty(set.Attribution.Citation);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_notice_beside_the_data_names_every_sets_creators_and_licence(string name)
    {
        string notice = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "src", "Nabla.Data", "Resources", "NOTICE.md"));
        Attribution attribution = DataSets.Load(name).Attribution;
        Assert.Contains($"{attribution.Creators} | {attribution.Licence} |", notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("minst", "mnist")]
    [InlineData("digit", "digits")]
    [InlineData("breastcancer", "breast_cancer")]
    [InlineData("wines", "wine")]
    public void An_unknown_name_gets_the_nearest_one_proposed(string typed, string nearest)
    {
        var error = Assert.Throws<ArgumentException>(() => DataSets.Load(typed));
        Assert.Contains($"expected one of mnist, digits, iris, wine, breast_cancer, received '{typed}'. Did you mean '{nearest}'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_like_no_other_gets_no_proposal()
    {
        var error = Assert.Throws<ArgumentException>(() => DataSets.Load("cifar100"));
        Assert.DoesNotContain("Did you mean", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Iris")]
    [InlineData(" breast-cancer ")]
    [InlineData("Breast Cancer")]
    public void Case_and_separators_do_not_matter(string name)
    {
        Assert.True(DataSets.Contains(name));
        Assert.NotNull(DataSets.Load(name));
    }

    [Fact]
    public void A_set_says_what_it_is_in_a_line()
    {
        Assert.Equal("iris: 150 samples float32[4], 3 classes", Iris.Load().ToString());
    }
}
