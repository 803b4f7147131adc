// The pages in a real Chromium: how long until the first step is painted, and how long draw-a-seven takes to answer a moving pen.
//   dotnet run -c Release bench/Pages.cs
#:property PublishAot=false
#:property InvariantGlobalization=true
#:package Microsoft.Playwright
#:project ../src/Nabla.Data/Nabla.Data.csproj
#:project ../src/Nabla.Explain/Nabla.Explain.csproj
using System.Globalization;
using Microsoft.Playwright;
using Nabla;
using Nabla.Data;
using Nabla.Explain;

const int Opens = 9;

// Two frames after the page's script ran, so that what was laid out has been painted once.
const string Painted = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))";

// A seven, drawn in small steps; after each the page answers and is laid out anew, as in one frame of a drawing.
const string Drawing = """
    async () => {
      const pad = document.getElementById('pad'), box = pad.getBoundingClientRect(), times = [];
      const pen = (type, x, y) => pad.dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, buttons: 1, isPrimary: true, bubbles: true,
        clientX: box.left + x * box.width, clientY: box.top + y * box.height }));
      pad.setPointerCapture = () => {};
      pen('pointerdown', 0.25, 0.25);
      for (let i = 1; i <= 120; i++) {
        const [x, y] = i <= 60 ? [0.25 + i / 120, 0.25] : [0.75 - (i - 60) / 200, 0.25 + (i - 60) / 110];
        await new Promise(done => {
          // This callback runs right before the page's own of the same frame, which says when it is done.
          let begun = 0;
          requestAnimationFrame(() => { begun = performance.now(); });
          addEventListener('drawn', () => {
            const script = performance.now() - begun;
            document.body.offsetHeight;
            // A frame that was asked for before this movement is not this movement's.
            if (begun > 0) {
              times.push(script, performance.now() - begun);
            }
            done();
          }, { once: true });
          pen('pointermove', x, y);
        });
      }
      pen('pointerup', 0.45, 0.8);
      return times;
    }
    """;

string browser = Environment.GetEnvironmentVariable("NABLA_BROWSER") ?? "/usr/bin/chromium";
if (!File.Exists(browser))
{
    Console.Error.WriteLine($"Pages: expected a Chromium at '{browser}', found none. Install one (Debian: apt install chromium), or name yours in NABLA_BROWSER.");
    return 1;
}

DataSet digits = Mnist.LoadSet();
Sequential model = new([new InputLayer([28, 28]), new Rescaling(1 / 255.0), new Flatten(), new Dense(25, "relu"), new Dense(15, "relu"), new Dense(10)], seed: 0);
model.Compile(new Adam(), new SparseCategoricalCrossentropy(fromLogits: true));
model.Fit(digits.X[..3200], digits.Y[..3200], epochs: 1, verbose: 0);
string chain = "n0=w*x" + string.Concat(Enumerable.Range(1, 499).Select(i => i % 2 == 0 ? $"; n{i}=sin(n{i - 1})" : $"; n{i}=n{i - 1}*0.99+b"));

string folder = Directory.CreateTempSubdirectory("nabla-pages-").FullName;
using IPlaywright playwright = await Playwright.CreateAsync();
await using IBrowser chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = browser, Args = ["--no-sandbox", "--disable-gpu"] });

Console.WriteLine($"Chromium {chromium.Version}; milliseconds until the first step is painted: median (min..max) of {Opens}");
foreach (string lesson in (string[])["small", "softmax4", "mazur"])
{
    await Report($"lesson {lesson}", path => Lessons.Named(lesson).Trace().SaveHtml(path, Lessons.Named(lesson)));
}

await Report("784-25-15-10, one example", path => model.Explain(digits.X[..1], digits.Y[..1]).SaveHtml(path));
await Report("500 named values", path => Trace.Of(chain, ("w", 0.5), ("x", 2), ("b", 0.1)).SaveHtml(path));

string drawn = Path.Combine(folder, "draw.html");
DrawSevenPage.Save(model, drawn, new DrawSevenOptions { Height = 28, Width = 28, MaxValue = 255 });
IPage page = await Open(drawn);
await page.EvaluateAsync<double[]>(Drawing); // the first strokes pay for the browser's compiler
await page.ClickAsync("#clear");
double[] times = await page.EvaluateAsync<double[]>(Drawing);
Console.WriteLine("draw a seven, 784-25-15-10; milliseconds to answer one movement of the pen: median (min..max) of 120");
Console.WriteLine($"{"script",-40} {Spread(times.Where((_, i) => i % 2 == 0))}");
Console.WriteLine($"{"script and layout; a frame has 16.7",-40} {Spread(times.Where((_, i) => i % 2 == 1))}");
Directory.Delete(folder, recursive: true);
return 0;

async Task Report(string name, Action<string> save)
{
    string file = Path.Combine(folder, "page.html");
    save(file);
    List<double> opening = [];
    for (int i = 0; i <= Opens; i++)
    {
        IPage opened = await Open(file);
        opening.Add(await opened.EvaluateAsync<double>(Painted));
        await opened.Context.CloseAsync();
    }

    // The first opening read the file from the disk.
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {new FileInfo(file).Length / 1e3,8:0} kB {Spread(opening.Skip(1))}"));
}

async Task<IPage> Open(string file)
{
    IBrowserContext context = await chromium.NewContextAsync(new() { ViewportSize = new() { Width = 1200, Height = 900 } });
    IPage opened = await context.NewPageAsync();
    await opened.GotoAsync(new Uri(file).AbsoluteUri);
    return opened;
}

static string Spread(IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2]:0.0} ({sorted[0]:0.0}..{sorted[^1]:0.0})");
}
