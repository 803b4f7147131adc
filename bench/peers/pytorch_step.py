"""The course network's training step as a plain PyTorch eager loop (the peer that bench/Nabla.Bench pairs with).

Reads "THREADS STEPS" lines from standard input and answers each with the microseconds per step of that many steps, warm:
forward, cross-entropy from logits, backward, Adam, on batches of 32 already in memory. Debian: apt install python3-torch.
"""
import sys
import time

import torch

torch.manual_seed(0)
model = torch.nn.Sequential(
    torch.nn.Linear(784, 25), torch.nn.ReLU(), torch.nn.Linear(25, 15), torch.nn.ReLU(), torch.nn.Linear(15, 10)
)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss_of = torch.nn.CrossEntropyLoss()
x = torch.rand(6400, 784)
y = torch.randint(0, 10, (6400,))


def steps(count):
    for i in range(count):
        start = i * 32 % 6400
        optimizer.zero_grad(set_to_none=True)
        loss_of(model(x[start : start + 32]), y[start : start + 32]).backward()
        optimizer.step()


print("torch", torch.__version__, flush=True)
for line in sys.stdin:
    threads, count = map(int, line.split())
    torch.set_num_threads(threads)
    steps(50)
    begin = time.perf_counter()
    steps(count)
    print((time.perf_counter() - begin) / count * 1e6, flush=True)
