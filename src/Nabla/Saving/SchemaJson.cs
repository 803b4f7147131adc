using System.Text.Json;

namespace Nabla;

/// <summary>A <see cref="Schema"/> in <c>metadata.json</c>, with a version of its own: files without one are as they were.</summary>
internal static class SchemaJson
{
    private const int Version = 1;

    // As many columns as the CSV reader takes, and more categories than any of them is given.
    private const int ColumnLimit = 16_384;
    private const int WidthLimit = 1 << 20;

    private static readonly Dictionary<string, TargetKind> Kinds = new(StringComparer.Ordinal)
    {
        ["binary"] = TargetKind.Binary,
        ["classes"] = TargetKind.Classes,
        ["real"] = TargetKind.Real,
        ["non-negative"] = TargetKind.NonNegative,
    };

    public static void Write(ConfigWriter config, Schema schema)
    {
        config.Integer("version", Version);
        config.List("columns", schema.Columns, column => config.ObjectItem(() =>
        {
            config.Text("name", column.Name);
            if (column.Categories is { } categories)
            {
                config.Texts("categories", categories);
            }
            else
            {
                config.Number("mean", column.Mean);
                config.Number("scale", column.Scale);
            }
        }));
        config.Object("target", () =>
        {
            config.Text("name", schema.Target.Name);
            config.Text("kind", Kinds.First(k => k.Value == schema.Target.Kind).Key);
            if (schema.Target.Classes is { } classes)
            {
                config.Texts("classes", classes);
            }
            else
            {
                config.Number("mean", schema.Target.Mean);
                config.Number("scale", schema.Target.Scale);
            }
        });
    }

    public static Schema Read(ConfigReader config)
    {
        int version = config.Integer("version", null) ?? throw config.Error("expected a version, but it is missing.");
        if (version is < 1 or > Version)
        {
            throw config.Error($"expected a version from 1 to {Version}, received {version}: the file was written by a newer version. Update Nabla.");
        }

        List<SchemaColumn> columns = [];
        int width = 0;
        foreach ((JsonElement json, string path) in config.Items("columns"))
        {
            SchemaColumn column = ReadColumn(new ConfigReader(json, config.File, path));
            columns.Add(column);
            width += column.Width;
            if (columns.Count > ColumnLimit || width > WidthLimit)
            {
                throw config.Error($"expected at most {ColumnLimit} columns and {WidthLimit} numbers a row.");
            }
        }

        SchemaTarget target = ReadTarget(config.RequiredObject("target"));
        config.Done();
        return config.Checked(() => new Schema(columns, target));
    }

    private static SchemaColumn ReadColumn(ConfigReader config)
    {
        string name = config.RequiredText("name");
        SchemaColumn column = config.Texts("categories") is { } categories
            ? config.Checked(() => SchemaColumn.Text(name, categories))
            : config.Checked(() => SchemaColumn.Number(name, config.Number("mean", 0), config.Number("scale", 1)));
        config.Done();
        return column;
    }

    private static SchemaTarget ReadTarget(ConfigReader config)
    {
        string name = config.RequiredText("name");
        string word = config.RequiredText("kind");
        if (!Kinds.TryGetValue(word, out TargetKind kind))
        {
            throw config.Error($"expected a kind of {string.Join(", ", Kinds.Keys)}, received '{word}'.");
        }

        SchemaTarget target = kind is TargetKind.Binary or TargetKind.Classes
            ? config.Checked(() => SchemaTarget.OfClasses(name, config.Texts("classes") ?? []))
            : config.Checked(() => SchemaTarget.OfNumber(name, kind, config.Number("mean", 0), config.Number("scale", 1)));
        config.Done();
        return target.Kind == kind ? target : throw config.Error($"expected the kind binary for two classes and classes for more, received '{word}' for {target.Classes!.Count}.");
    }
}
