using System.Text.Json.Serialization;

namespace WebService;

/// <summary>What the service answers.</summary>
/// <param name="Species">The likeliest species.</param>
/// <param name="Probability">How likely it is.</param>
public sealed record Answer(string Species, double Probability);

/// <summary>What it says where it cannot answer.</summary>
/// <param name="Error">What was expected, what came.</param>
public sealed record Refusal(string Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, double?>))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class ServiceJson : JsonSerializerContext;
