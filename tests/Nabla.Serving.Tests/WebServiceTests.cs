using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Nabla.Serving.Tests;

/// <summary>The web service sample over real HTTP.</summary>
public sealed class WebServiceTests(RunningService service) : IClassFixture<RunningService>
{
    [Theory]
    [InlineData(5.1, 3.5, 1.4, 0.2, "setosa")]
    [InlineData(7.0, 3.2, 4.7, 1.4, "versicolor")]
    [InlineData(6.3, 3.3, 6.0, 2.5, "virginica")]
    public async Task A_flower_gets_its_name(double sepalLength, double sepalWidth, double petalLength, double petalWidth, string species)
    {
        string flower = string.Create(CultureInfo.InvariantCulture, $"{{\"petal width\":{petalWidth},\"sepal length\":{sepalLength},\"sepal width\":{sepalWidth},\"petal length\":{petalLength}}}");

        (HttpStatusCode status, JsonElement answer) = await AskAsync(flower);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(species, answer.GetProperty("species").GetString());
        Assert.InRange(answer.GetProperty("probability").GetDouble(), 0.8, 1);
    }

    [Fact]
    public async Task Many_requests_at_once_get_the_answers_of_their_own()
    {
        string[] flowers = [.. Enumerable.Range(0, 8).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"sepal length\":{5 + i * 0.3},\"sepal width\":3,\"petal length\":{1 + i * 0.7},\"petal width\":{0.2 + i * 0.3}}}"))];
        List<string> alone = [];
        foreach (string flower in flowers)
        {
            alone.Add((await AskAsync(flower)).Answer.ToString());
        }

        string[] together = await Task.WhenAll(Enumerable.Range(0, 160).Select(async i => (await AskAsync(flowers[i % 8])).Answer.ToString()));

        Assert.All(together.Index(), t => Assert.Equal(alone[t.Index % 8], t.Item));
    }

    [Theory]
    [InlineData("{\"sepal length\":5.1,\"sepal width\":3.5,\"petal length\":1.4}", "expected a value for 'petal width', received none")]
    [InlineData("{\"sepal length\":5.1,\"sepal width\":3.5,\"petal lenght\":1.4,\"petal width\":0.2}", "expected a value for 'petal length', received none (there is 'petal lenght')")]
    [InlineData("{\"sepal length\":\"long\",\"sepal width\":3.5,\"petal length\":1.4,\"petal width\":0.2}", "expected JSON such as {\"petal length\": 1.4, ...} with numbers in centimetres")]
    [InlineData("{}", "expected a value for 'sepal length', received none")]
    [InlineData("[1, 2, 3, 4]", "expected JSON such as")]
    [InlineData("null", "received null")]
    [InlineData("5.1;3.5", "expected JSON such as")]
    [InlineData("", "expected JSON such as")]
    public async Task Bad_input_is_answered_with_400_and_a_reason(string body, string reason)
    {
        (HttpStatusCode status, JsonElement answer) = await AskAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(reason, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await service.Client.PostAsync(new Uri("/predict", UriKind.Relative), content, TestContext.Current.CancellationToken);
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (response.StatusCode, answer.RootElement.Clone());
    }
}
