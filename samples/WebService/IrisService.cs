using System.Text.Json;
using Nabla;

namespace WebService;

/// <summary>Names iris flowers: one model, loaded once, answers all requests.</summary>
public static class IrisService
{
    /// <summary>The application. The configuration's <c>Model</c> names the model's file; where there is none, one is trained in a second.</summary>
    public static WebApplication Create(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, ServiceJson.Default));
        string path = builder.Configuration["Model"] ?? Path.Combine(AppContext.BaseDirectory, "iris.nabla");
        if (!File.Exists(path))
        {
            IrisTraining.TrainAndSave(path);
        }

        builder.Services.AddNablaModel(path);
        WebApplication app = builder.Build();
        app.MapPost("/predict", PredictAsync);
        return app;
    }

    private static async Task<IResult> PredictAsync(HttpRequest request, Model model)
    {
        try
        {
            Dictionary<string, double?> flower = await JsonSerializer.DeserializeAsync(request.Body, ServiceJson.Default.DictionaryStringNullableDouble)
                ?? throw new JsonException("expected a flower's measures, received null.");
            Prediction answer = model.Predict(flower);
            return Results.Ok(new Answer(answer.Label, Math.Round(answer.Probability, 4)));
        }
        catch (JsonException e)
        {
            return Results.BadRequest(new Refusal($"Flower: expected JSON such as {{\"petal length\": 1.4, ...}} with numbers in centimetres. {e.Message}"));
        }
        catch (ArgumentException e)
        {
            return Results.BadRequest(new Refusal(e.Message));
        }
    }
}
