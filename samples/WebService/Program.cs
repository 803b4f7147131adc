// A model behind HTTP. Start: dotnet run --project samples/WebService, then ask:
// curl -d '{"sepal length":5.1,"sepal width":3.5,"petal length":1.4,"petal width":0.2}' http://localhost:5000/predict
// {"species":"setosa","probability":0.99}
using WebService;

IrisService.Create(args).Run();
