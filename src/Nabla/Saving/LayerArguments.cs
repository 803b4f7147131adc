using System.Collections.Immutable;
using System.Text.Json;

namespace Nabla;

/// <summary>Arguments of layers in configurations: lists of whole numbers, and numbers at each end of each axis.</summary>
internal static class LayerArguments
{
    extension(ConfigReader config)
    {
        /// <summary>A whole number that must be there.</summary>
        public int RequiredInteger(string name) => config.Integer(name, null) ?? throw config.Error($"expected a whole number for '{name}', but it is missing.");

        /// <summary>The key <c>dtype</c> of an input, which may be one that nothing is computed in; null where it is missing.</summary>
        public DType? AnyDType() => config.Any("dtype") switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString() switch
            {
                "int32" => DType.Int32,
                "int64" => DType.Int64,
                "uint8" => DType.UInt8,
                "bool" => DType.Boolean,
                _ => config.DType(),
            },
            _ => config.DType(),
        };

        /// <summary>A list of whole numbers; null where it is missing or null.</summary>
        public IReadOnlyList<int>? Integers(string name) => !config.Has(name) ? null : [.. config.Items(name).Select(i => Whole(config, name, i.Value))];

        /// <summary>One whole number or a list of them; null where it is missing or null.</summary>
        public IReadOnlyList<int>? IntegerOrIntegers(string name) =>
            config.Any(name) is { ValueKind: JsonValueKind.Number } one ? [Whole(config, name, one)] : config.Integers(name);

        /// <summary>A list of whole numbers and nulls, or one whole number.</summary>
        public IReadOnlyList<int?> OptionalIntegers(string name) => config.Any(name) is { ValueKind: JsonValueKind.Number } one
            ? [Whole(config, name, one)]
            : [.. config.Items(name).Select(i => i.Value.ValueKind == JsonValueKind.Null ? (int?)null : Whole(config, name, i.Value))];

        /// <summary>One number for all spatial axes, or one for each.</summary>
        public PerAxis PerAxis(string name, PerAxis fallback) => config.IntegerOrIntegers(name) is { } list ? Nabla.PerAxis.Of(list) : fallback;

        /// <summary>A number for each end of each axis: <c>[1, 2]</c> for one axis, <c>[[1, 2], [0, 3]]</c> for more.</summary>
        public Margins Margins(string name, Margins fallback)
        {
            if (!config.Has(name))
            {
                return fallback;
            }

            if (config.Any(name) is { ValueKind: JsonValueKind.Number } one)
            {
                return Whole(config, name, one);
            }

            JsonElement[] items = [.. config.Items(name).Select(i => i.Value)];
            return items.Any(i => i.ValueKind == JsonValueKind.Array)
                ? Nabla.Margins.Of(items.Select(i => Pair(config, name, i)))
                : Nabla.Margins.Of(items.Select(i => Whole(config, name, i)));
        }

        /// <summary>A number, or lists of numbers in lists, as an array of float64; null where it is missing or null.</summary>
        public NDArray? Nested(string name)
        {
            if (config.Any(name) is not { } value)
            {
                return null;
            }

            List<double> values = [];
            List<int> sizes = [];
            for (JsonElement inner = value; inner.ValueKind == JsonValueKind.Array; inner = inner[0])
            {
                sizes.Add(inner.GetArrayLength());
                if (sizes[^1] == 0 || sizes.Count > 8)
                {
                    throw config.Error($"expected numbers in '{name}', in lists at most 8 deep.");
                }
            }

            Collect(value, 0);
            return NDArray.Create<double>([.. values], Dims.Of([.. sizes]));

            void Collect(JsonElement element, int depth)
            {
                if (depth == sizes.Count)
                {
                    values.Add(element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double n) && double.IsFinite(n)
                        ? n
                        : throw config.Error($"expected finite numbers in '{name}'."));
                    return;
                }

                if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != sizes[depth])
                {
                    throw config.Error($"expected lists of equal length in '{name}'.");
                }

                foreach (JsonElement item in element.EnumerateArray())
                {
                    Collect(item, depth + 1);
                }
            }
        }

        /// <summary>The key <c>data_format</c>; channels last where it is missing.</summary>
        public DataFormat DataFormat() => config.Checked(() => (DataFormat)config.OptionalText("data_format"));
    }

    extension(ConfigWriter config)
    {
        /// <summary>A list of whole numbers.</summary>
        public void Integers(string name, IEnumerable<int> values) => config.Numbers(name, values.Select(v => (double)v));

        /// <summary>A list of whole numbers and nulls.</summary>
        public void OptionalIntegers(string name, IEnumerable<int?> values) => config.List(name, values, config.Item);

        /// <summary>A number for each end of each axis, as Keras nests them.</summary>
        public void Margins(string name, ImmutableArray<(int Low, int High)> pairs)
        {
            if (pairs.Length == 1)
            {
                config.Integers(name, [pairs[0].Low, pairs[0].High]);
            }
            else
            {
                config.Lists(name, pairs.Select(p => new double[] { p.Low, p.High }));
            }
        }
    }

    private static (int Low, int High) Pair(ConfigReader config, string name, JsonElement value)
    {
        int[] numbers = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => Whole(config, name, v))] : [];
        return numbers.Length == 2 ? (numbers[0], numbers[1]) : throw config.Error($"expected pairs of whole numbers in '{name}'.");
    }

    private static int Whole(ConfigReader config, string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw config.Error($"expected whole numbers in '{name}'.");
}
