using Nabla.Cli.Rendering;
using Nabla.Data;

namespace Nabla.Cli.Tests.Rendering;

/// <summary>Pictures in characters.</summary>
public sealed class PictureArtTests
{
    [Fact]
    public void A_small_picture_has_two_characters_a_pixel()
    {
        Assert.Equal(["  @@", "==  "], PictureArt.Draw([0, 16, 7, 0], new ImageShape(2, 2, 16)));
    }

    [Fact]
    public void A_large_picture_has_a_character_for_two_pixels()
    {
        // Twenty columns: ink above, ink below, both, none, five of each; the third row has no partner.
        var pixels = new float[60];
        for (int column = 0; column < 5; column++)
        {
            (pixels[column], pixels[25 + column], pixels[10 + column], pixels[30 + column], pixels[59 - column]) = (255, 255, 255, 255, 255);
        }

        // Half the ink is the fifth of ten shades (4.5 rounds to the even 4).
        Assert.Equal(["=====" + "=====" + "@@@@@" + "     ", "               " + "====="], PictureArt.Draw(pixels, new ImageShape(3, 20, 255)));
    }

    [Fact]
    public void Values_beyond_the_range_are_drawn_as_its_ends()
    {
        Assert.Equal(["@@  "], PictureArt.Draw([99, -5], new ImageShape(1, 2, 16)));
    }

    [Theory]
    [InlineData(80, "one     two     three\n####    ####    ####\n\n")]
    [InlineData(15, "one     two\n####    ####\n\nthree\n####\n\n")]
    [InlineData(3, "one\n####\n\ntwo\n####\n\nthree\n####\n\n")]
    public void As_many_stand_side_by_side_as_fit(int width, string expected)
    {
        string text = PictureArt.SideBySide([("one", ["####"]), ("two", ["####"]), ("three", ["####"])], width);
        Assert.Equal(expected, text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void What_is_blank_in_all_pictures_is_left_out()
    {
        string text = PictureArt.SideBySide([("a", ["     ", "  #  ", "     "]), ("b", ["     ", "   # ", "     "])], 80);
        Assert.Equal("a    b\n#     #\n\n", text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Pictures_without_ink_stay_as_they_are()
    {
        Assert.Equal("a\n\n\n", PictureArt.SideBySide([("a", ["  "])], 80).ReplaceLineEndings("\n"));
    }
}
