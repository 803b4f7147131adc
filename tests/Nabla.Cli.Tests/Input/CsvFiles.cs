using System.Globalization;
using System.Text;
using Nabla.Data;

namespace Nabla.Cli.Tests.Input;

/// <summary>CSV files as people have them, made of the packaged sets.</summary>
internal static class CsvFiles
{
    /// <summary>A packaged set with its classes by name.</summary>
    public static string Set(this Workplace place, DataSet set, string target, string separator = ",")
    {
        int columns = set.X.Dims[1].Size;
        float[] x = set.X.ToArray<float>();
        int[] y = set.Y.ToArray<int>();
        StringBuilder text = new();
        text.AppendJoin(separator, set.FeatureNames.Append(target)).Append('\n');
        for (int row = 0; row < set.Count; row++)
        {
            text.AppendJoin(separator, Enumerable.Range(0, columns).Select(c => x[row * columns + c].ToString(CultureInfo.InvariantCulture)).Append(set.ClassNames[y[row]])).Append('\n');
        }

        return place.Csv($"{set.Name}.csv", text.ToString());
    }

    /// <summary>Homes with gaps, words and a price that is never below 0; the price is learnable but for some noise.</summary>
    public static string Homes(this Workplace place, int rows = 400)
    {
        Random random = new(5);
        StringBuilder text = new("rooms,area,age,place,price\n");
        string[] places = ["north", "south", "west"];
        for (int row = 0; row < rows; row++)
        {
            int rooms = random.Next(1, 7);
            double area = 18 * rooms + 20 * random.NextDouble();
            int age = random.Next(0, 80);
            string where = places[random.Next(3)];
            double price = 2500 * area * (where == "north" ? 1.4 : 1) * (1 - age / 200.0) + 5000 * random.NextDouble();
            text.Append(CultureInfo.InvariantCulture, $"{rooms},{area:0.0},{(row % 20 == 3 ? "" : age)},{(row % 25 == 4 ? "NA" : where)},{price:0}\n");
        }

        return place.Csv("homes.csv", text.ToString());
    }

    /// <summary>A file of the folder.</summary>
    public static string Csv(this Workplace place, string name, string text)
    {
        File.WriteAllText(place[name], text);
        return place[name];
    }
}
