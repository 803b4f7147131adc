namespace Nabla;

/// <summary><c>metadata.json</c>: the file's version and what the model's user must know.</summary>
internal static class MetadataJson
{
    public static void Write(ConfigWriter config, int version, ModelMetadata metadata, Model model)
    {
        config.Text("format", "nabla");
        config.Integer("format_version", version);
        if (metadata.Schema is { } schema)
        {
            config.Object("schema", () => SchemaJson.Write(config, schema));
        }
        else
        {
            WriteLists(config, metadata);
        }

        config.Text("output_step", metadata.OutputStep ?? OutputStep(model));
    }

    public static ModelMetadata Read(ConfigReader config, int version)
    {
        string format = config.RequiredText("format");
        int? found = config.Integer("format_version", null);
        if (format != "nabla" || found is not { } number || number < 1)
        {
            throw config.Error($"expected the format 'nabla' and a format_version from 1 to {version}, received '{format}' and {found?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}.");
        }

        if (number > version)
        {
            throw config.Error($"expected a format_version up to {version}, received {number}: the file was written by a newer version. Update Nabla.");
        }

        string step = config.Text("output_step", "none");
        return new ModelMetadata
        {
            Schema = config.Object("schema") is { } schema ? SchemaJson.Read(schema) : null,
            Columns = config.Texts("columns"),
            Scale = config.Numbers("scale"),
            Offset = config.Numbers("offset"),
            Classes = config.Texts("classes"),
            OutputStep = step is "softmax" or "sigmoid" or "none" ? step : throw config.Error($"expected an output_step of softmax, sigmoid or none, received '{step}'."),
        };
    }

    private static void WriteLists(ConfigWriter config, ModelMetadata metadata)
    {
        if (metadata.Columns is { } columns)
        {
            config.Texts("columns", columns);
        }

        if (metadata.Scale is { } scale)
        {
            config.Numbers("scale", scale);
        }

        if (metadata.Offset is { } offset)
        {
            config.Numbers("offset", offset);
        }

        if (metadata.Classes is { } classes)
        {
            config.Texts("classes", classes);
        }
    }

    /// <summary>What turns outputs into probabilities: nothing where the model does it itself, or where the loss is not about classes.</summary>
    public static string OutputStep(Model model) => model.Loss switch
    {
        SparseCategoricalCrossentropy { FromLogits: true } or CategoricalCrossentropy { FromLogits: true } => "softmax",
        BinaryCrossentropy { FromLogits: true } => "sigmoid",
        _ => "none",
    };
}
