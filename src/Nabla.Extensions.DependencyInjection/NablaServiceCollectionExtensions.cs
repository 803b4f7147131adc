using Nabla;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Models as services of an application: loaded once, when first asked for, and shared by all requests; predictions are thread-safe.</summary>
/// <example><code>
/// ServiceCollection services = new();   // in a web application: builder.Services
/// services.AddNablaModel("iris.nabla");   // constructors and endpoints may now ask for a Model
/// services.AddKeyedNablaModel("coffee", "coffee.nabla");
/// </code></example>
public static class NablaServiceCollectionExtensions
{
    /// <summary>Registers the model of a file as the service <see cref="Model"/>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="path">A file that <see cref="Model.Save"/> wrote.</param>
    /// <exception cref="FileNotFoundException">There is no such file: told now, not at the first request.</exception>
    public static IServiceCollection AddNablaModel(this IServiceCollection services, string path)
    {
        string file = Existing(services, path);
        return services.AddSingleton<Model>(_ => Model.Load(file));
    }

    /// <summary>Registers a model under a key, for applications with several: ask for it with <c>[FromKeyedServices("key")] Model model</c>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="key">What to ask for it by.</param>
    /// <param name="path">A file that <see cref="Model.Save"/> wrote.</param>
    /// <exception cref="FileNotFoundException">There is no such file: told now, not at the first request.</exception>
    public static IServiceCollection AddKeyedNablaModel(this IServiceCollection services, object key, string path)
    {
        ArgumentNullException.ThrowIfNull(key);
        string file = Existing(services, path);
        return services.AddKeyedSingleton<Model>(key, (_, _) => Model.Load(file));
    }

    /// <summary>Registers a model that is made when it is first asked for.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="make">Makes the model: trains it, or loads it from wherever it is kept.</param>
    public static IServiceCollection AddNablaModel(this IServiceCollection services, Func<IServiceProvider, Model> make)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(make);
        return services.AddSingleton(make);
    }

    private static string Existing(IServiceCollection services, string path)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ArgumentException("AddNablaModel: expected the path of a model's file, received none. Say AddNablaModel(\"model.nabla\").", nameof(path));
        }

        // The folder of the application may be another when the model is first asked for.
        string file = Path.GetFullPath(path);
        return File.Exists(file)
            ? file
            : throw new FileNotFoundException($"AddNablaModel: expected a model's file, found none at '{file}'. Save one with model.Save(\"{Path.GetFileName(file)}\"), and see that it is copied beside the application.", file);
    }
}
